"use client";
import { useFormContext } from "react-hook-form";
import { Input, TextArea } from "@/components/ui/inputs";
import { Field, type FieldProps } from "./field";

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
  return (
    <Field {...field}>
      {(wiring) =>
        lines ? (
          <TextArea
            {...input}
            {...wiring}
            rows={lines}
            placeholder={placeholder}
            readOnly={isReadOnly}
            isMono={isMono}
          />
        ) : (
          <Input
            {...input}
            {...wiring}
            type="text"
            autoComplete="off"
            spellCheck={false}
            placeholder={placeholder}
            readOnly={isReadOnly}
            isMono={isMono}
          />
        )
      }
    </Field>
  );
}
