"use client";
import { Controller } from "react-hook-form";
import { Field } from "@/components/form/field";
import { TextArea } from "@/components/ui/inputs";

/** User data in the clear; AWS wants it in Base64, so the form's value is that. */
export function UserDataField({ name }: { name: string }) {
  return (
    <Controller
      name={name}
      render={({ field: { value, onChange, onBlur, ref } }) => (
        <Field
          name={name}
          label="User data"
          hint="Runs when the build instance starts, in place of Image Builder's user data. Make sure that it installs the Systems Manager agent."
        >
          {(wiring) => (
            <TextArea
              {...wiring}
              ref={ref}
              rows={5}
              spellCheck={false}
              defaultValue={typeof value === "string" ? toText(value) : ""}
              onBlur={onBlur}
              onChange={({ target }) => onChange(toBase64(target.value))}
              isMono
            />
          )}
        </Field>
      )}
    />
  );
}

function toText(base64: string): string {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)));
  } catch {
    return base64;
  }
}

const toBase64 = (text: string) =>
  text === ""
    ? ""
    : btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(""));
