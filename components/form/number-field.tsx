"use client";
import { Controller } from "react-hook-form";
import { Input } from "@/components/ui/inputs";
import { Field, type FieldProps } from "./field";

/** A number, kept as one; what is no number is kept as typed, so that the schema can say so. */
export function NumberField({ unit, ...field }: FieldProps & { unit?: string }) {
  return (
    <Controller
      name={field.name}
      render={({ field: { value, onChange, onBlur, ref } }) => (
        <Field {...field}>
          {(wiring) => (
            <div className="flex items-center gap-2">
              <Input
                {...wiring}
                ref={ref}
                inputMode="numeric"
                autoComplete="off"
                value={value === undefined || value === null ? "" : String(value)}
                onBlur={onBlur}
                onChange={({ target }) => onChange(toNumber(target.value))}
                layout="w-full max-w-32"
              />
              {unit && <span className="text-ink-3">{unit}</span>}
            </div>
          )}
        </Field>
      )}
    />
  );
}

const toNumber = (typed: string) =>
  typed.trim() === "" ? "" : Number.isFinite(Number(typed)) ? Number(typed) : typed;
