"use client";
import { X } from "lucide-react";
import { Controller } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { type Choice, ComboInput } from "./combo-field";
import { Field, type FieldProps, useFieldError } from "./field";

/** Several texts, one a row, with choices to pick from where there are any. */
export function TextListField({
  choices = [],
  placeholder,
  addLabel,
  ...field
}: FieldProps & { choices?: Choice[]; placeholder?: string; addLabel: string }) {
  return (
    <Controller
      name={field.name}
      render={({ field: { value, onChange, onBlur } }) => {
        const rows = Array.isArray(value) ? value.map(String) : [];
        const set = (index: number, text: string) => onChange(rows.with(index, text));
        return (
          <Field {...field}>
            {({ id }) => (
              <div className="grid gap-1.5">
                {rows.map((text, index) => (
                  <ListRow
                    // biome-ignore lint/suspicious/noArrayIndexKey: rows are texts that may be equal, and have no other name
                    key={index}
                    id={index === 0 ? id : undefined}
                    path={`${field.name}.${index}`}
                    label={`${field.label} ${index + 1}`}
                    text={text}
                    choices={choices}
                    placeholder={placeholder}
                    onChange={(changed) => set(index, changed)}
                    onBlur={onBlur}
                    onRemove={() => onChange(rows.toSpliced(index, 1))}
                  />
                ))}
                <div>
                  {/* Named here, since it would else be called by the field's label. */}
                  <Button
                    id={rows.length === 0 ? id : undefined}
                    aria-label={addLabel}
                    onClick={() => onChange([...rows, ""])}
                  >
                    {addLabel}
                  </Button>
                </div>
              </div>
            )}
          </Field>
        );
      }}
    />
  );
}

function ListRow({
  id,
  path,
  label,
  text,
  choices,
  placeholder,
  onChange,
  onBlur,
  onRemove,
}: {
  id?: string;
  path: string;
  label: string;
  text: string;
  choices: Choice[];
  placeholder?: string;
  onChange: (text: string) => void;
  onBlur: () => void;
  onRemove: () => void;
}) {
  const isWrong = useFieldError(path) !== undefined;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] gap-1.5">
      <ComboInput
        id={id}
        label={label}
        value={text}
        onChange={onChange}
        onBlur={onBlur}
        choices={choices}
        placeholder={placeholder}
        wiring={isWrong ? { "aria-invalid": true } : undefined}
      />
      <Button variant="quiet" layout="px-1.5" aria-label={`Remove ${label}`} onClick={onRemove}>
        <X size={14} aria-hidden="true" />
      </Button>
    </div>
  );
}
