"use client";
import { ChevronDown } from "lucide-react";
import { useId } from "react";
import { Button, ComboBox, Input, ListBox, ListBoxItem, Popover } from "react-aria-components";
import { Controller } from "react-hook-form";
import { inputClass } from "@/components/ui/inputs";
import { Field, type FieldProps } from "./field";

export type Choice = { value: string; label: string; detail?: string };

/**
 * Text with choices to pick from, in the form's field `name`. What is not among the choices can be typed: a
 * picker must not stand in the way of what only AWS knows.
 */
export function ComboField({
  choices,
  placeholder,
  onPick,
  ...field
}: FieldProps & { choices: Choice[]; placeholder?: string; onPick?: (value: string) => void }) {
  return (
    <Controller
      name={field.name}
      render={({ field: { value, onChange, onBlur } }) => (
        <Field {...field}>
          {({ id, ...wiring }) => (
            <ComboInput
              id={id}
              label={field.label}
              value={typeof value === "string" ? value : ""}
              onChange={(changed) => {
                onChange(changed);
                onPick?.(changed);
              }}
              onBlur={onBlur}
              choices={choices}
              placeholder={placeholder}
              wiring={wiring}
            />
          )}
        </Field>
      )}
    />
  );
}

/** The same outside a form's field. */
export function ComboInput({
  id,
  label,
  value,
  onChange,
  onBlur,
  choices,
  placeholder,
  wiring,
}: {
  id?: string;
  label: string;
  value: string;
  onChange: (value: string) => void;
  onBlur?: () => void;
  choices: Choice[];
  placeholder?: string;
  wiring?: { "aria-describedby"?: string; "aria-invalid"?: true };
}) {
  const ownId = useId();
  const words = value.toLowerCase();
  const isPicked = choices.some((choice) => choice.value === value);
  const shown = isPicked
    ? choices
    : choices.filter((choice) =>
        `${choice.value} ${choice.label} ${choice.detail ?? ""}`.toLowerCase().includes(words),
      );
  return (
    <ComboBox
      aria-label={label}
      allowsCustomValue
      allowsEmptyCollection
      menuTrigger="focus"
      inputValue={value}
      onInputChange={onChange}
      onSelectionChange={(key) => key !== null && onChange(String(key))}
      items={shown.slice(0, MAX_SHOWN)}
      onBlur={onBlur}
      className="relative"
    >
      <Input
        id={id ?? ownId}
        placeholder={placeholder}
        spellCheck={false}
        className={inputClass({ layout: "w-full pr-8" })}
        {...wiring}
      />
      <Button
        aria-label={`Choices for ${label.toLowerCase()}`}
        className="absolute top-1 right-1 grid size-6 cursor-pointer place-items-center rounded border-0 bg-transparent text-ink-3 hover:text-ink"
      >
        <ChevronDown size={14} aria-hidden="true" />
      </Button>
      <Popover className="max-h-72 w-(--trigger-width) min-w-72 overflow-auto rounded-lg border border-line bg-surface p-1 text-ink shadow-xl">
        <ListBox
          renderEmptyState={() => (
            <p className="m-0 px-2.5 py-2 text-ink-3">No matches. The value is used as typed.</p>
          )}
        >
          {(choice: Choice) => (
            <ListBoxItem
              id={choice.value}
              textValue={choice.value}
              className="grid cursor-pointer rounded px-2.5 py-1 outline-none data-focused:bg-accent-soft"
            >
              <span>{choice.label}</span>
              {choice.detail && <span className="text-ink-3 text-xs">{choice.detail}</span>}
            </ListBoxItem>
          )}
        </ListBox>
        {shown.length > MAX_SHOWN && (
          <p className="m-0 border-line border-t px-2.5 py-1.5 text-ink-2 text-xs">
            {`First ${MAX_SHOWN} of ${shown.length.toLocaleString("en-US")}. Type to narrow them down.`}
          </p>
        )}
      </Popover>
    </ComboBox>
  );
}

/** A list longer than this is searched, not read. */
const MAX_SHOWN = 200;
