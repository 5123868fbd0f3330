"use client";
import { type ReactNode, useId } from "react";
import { Controller } from "react-hook-form";
import { Checkbox } from "@/components/ui/inputs";

/** Yes or no. Left untouched, a member that AWS was not given stays absent; `initial` is what AWS then does. */
export function CheckboxField({
  name,
  label,
  hint,
  initial = false,
}: {
  name: string;
  label: string;
  hint?: ReactNode;
  initial?: boolean;
}) {
  const id = useId();
  return (
    <Controller
      name={name}
      render={({ field: { value, onChange, onBlur, ref } }) => (
        <div className="grid min-h-6 grid-cols-[auto_minmax(0,1fr)] gap-x-2">
          <Checkbox
            id={id}
            ref={ref}
            checked={typeof value === "boolean" ? value : initial}
            onBlur={onBlur}
            onChange={({ target }) => onChange(target.checked)}
            aria-describedby={hint ? `${id}-said` : undefined}
            isAtTop
          />
          <label htmlFor={id}>{label}</label>
          {hint && (
            <p id={`${id}-said`} className="col-start-2 m-0 text-ink-3 text-xs">
              {hint}
            </p>
          )}
        </div>
      )}
    />
  );
}
