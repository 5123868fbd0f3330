"use client";
import { useId } from "react";
import { Input } from "@/components/ui/inputs";
import type { Choice } from "./combo-field";

/**
 * Text with the browser's own suggestions, for dialogs: the list of a combo box would open below their layer.
 * What is not suggested can be typed.
 */
export function SuggestedInput({
  label,
  value,
  onChange,
  choices,
  placeholder,
  wiring,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  choices: Choice[];
  placeholder?: string;
  wiring?: { "aria-describedby"?: string; "aria-invalid"?: true };
}) {
  const id = useId();
  return (
    <>
      <Input
        aria-label={label}
        list={id}
        value={value}
        placeholder={placeholder}
        spellCheck={false}
        onChange={({ target }) => onChange(target.value)}
        {...wiring}
      />
      <datalist id={id}>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </datalist>
    </>
  );
}
