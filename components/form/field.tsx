"use client";
import { type ReactNode, useId } from "react";
import { get, useFormState } from "react-hook-form";

export type FieldProps = {
  /** Path in the form's values: `blockDeviceMappings.0.ebs.volumeSize`. */
  name: string;
  label: string;
  hint?: ReactNode;
  isRequired?: boolean;
};

/** What an input needs to be told apart by a screen reader, and what is wrong with it. */
type InputWiring = {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
  "aria-required": true | undefined;
};

/** Label above, input, then what is wrong with it or else the hint. */
export function Field({
  name,
  label,
  hint,
  isRequired = false,
  children,
}: FieldProps & { children: (wiring: InputWiring) => ReactNode }) {
  const id = useId();
  const message = useFieldError(name);
  return (
    <div className="grid content-start gap-1">
      <label htmlFor={id} className="font-[550]">
        {label} {!isRequired && <span className="ml-0.5 font-normal text-ink-3">optional</span>}
      </label>
      {children({
        id,
        "aria-describedby": message || hint ? `${id}-said` : undefined,
        "aria-invalid": message ? true : undefined,
        "aria-required": isRequired || undefined,
      })}
      {message ? (
        <p id={`${id}-said`} role="alert" className="m-0 text-fail text-xs">
          {message}
        </p>
      ) : (
        hint && (
          <p id={`${id}-said`} className="m-0 text-ink-3 text-xs">
            {hint}
          </p>
        )
      )}
    </div>
  );
}

/** What is wrong at a path or below it; for a group, the first of it. */
export function useFieldError(name: string): string | undefined {
  // A subscription of its own: the form above may be drawn by a page that this one's change does not draw again.
  const { errors } = useFormState({ name });
  return firstMessage(get(errors, name));
}

function firstMessage(error: unknown, depth = 0): string | undefined {
  if (typeof error !== "object" || error === null || depth > 6) return undefined;
  if ("message" in error && typeof error.message === "string") return error.message;
  for (const [member, value] of Object.entries(error)) {
    const found = member === "ref" ? undefined : firstMessage(value, depth + 1);
    if (found) return found;
  }
  return undefined;
}
