"use client";
import { useFormContext } from "react-hook-form";
import { Field, type FieldProps, INPUT } from "./field";

/** One line of text, or several with `lines`. */
export function TextField({
  placeholder,
  lines,
  isMono = false,
  isReadOnly = false,
  ...field
}: FieldProps & { placeholder?: string; lines?: number; isMono?: boolean; isReadOnly?: boolean }) {
  const { register } = useFormContext();
  const look = `${INPUT} ${isMono ? "font-mono text-xs" : ""}`;
  return (
    <Field {...field}>
      {(wiring) =>
        lines ? (
          <textarea
            {...register(field.name)}
            {...wiring}
            rows={lines}
            placeholder={placeholder}
            readOnly={isReadOnly}
            className={look}
          />
        ) : (
          <input
            {...register(field.name)}
            {...wiring}
            type="text"
            autoComplete="off"
            spellCheck={false}
            placeholder={placeholder}
            readOnly={isReadOnly}
            className={look}
          />
        )
      }
    </Field>
  );
}
