"use client";
import { Controller } from "react-hook-form";
import { Select } from "@/components/ui/inputs";
import { Field, type FieldProps } from "./field";

export type Option = { value: string; label: string };

/** One of a few. `none` is the label of no choice at all; a value outside the options is kept and shown. */
export function SelectField({
  options,
  none,
  isReadOnly = false,
  ...field
}: FieldProps & { options: Option[]; none?: string; isReadOnly?: boolean }) {
  return (
    <Controller
      name={field.name}
      render={({ field: { value, onChange, onBlur, ref } }) => {
        const isUnknown =
          typeof value === "string" && value !== "" && !options.some((o) => o.value === value);
        return (
          <Field {...field}>
            {(wiring) => (
              <Select
                {...wiring}
                ref={ref}
                value={typeof value === "string" ? value : ""}
                onBlur={onBlur}
                onChange={({ target }) => onChange(target.value)}
                disabled={isReadOnly}
              >
                {(none !== undefined || !value) && <option value="">{none ?? "Choose"}</option>}
                {isUnknown && <option value={value}>{value}</option>}
                {options.map((option) => (
                  <option key={option.value} value={option.value}>
                    {option.label}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        );
      }}
    />
  );
}
