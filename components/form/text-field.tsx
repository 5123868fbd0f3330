"use client";
import { useFormContext } from "react-hook-form";
import { Field, type FieldProps, INPUT } from "./field";

/** One line of text, or several with `lines`. */
export function TextField({
  placeholder,
  lines,
  isMono = false,
  isReadOnly = false,
  onTyped,
  ...field
}: FieldProps & {
  placeholder?: string;
  lines?: number;
  isMono?: boolean;
  isReadOnly?: boolean;
  /** Takes over what happens to the value; the form is then set by the caller. */
  onTyped?: (value: string) => void;
}) {
  const { register } = useFormContext();
  const wired = register(field.name);
  const input = onTyped
    ? { ...wired, onChange: async ({ target }: { target: { value: string } }) => onTyped(target.value) }
    : wired;
  const look = `${INPUT} ${isMono ? "font-mono text-xs" : ""}`;
  return (
    <Field {...field}>
      {(wiring) =>
        lines ? (
          <textarea
            {...input}
            {...wiring}
            rows={lines}
            placeholder={placeholder}
            readOnly={isReadOnly}
            className={look}
          />
        ) : (
          <input
            {...input}
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
