"use client";
import type { ReactNode } from "react";
import { useFieldArray } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { useFieldError } from "./field";

/** A list of objects, each with fields of its own; `path` is where one stands in the form, without a last dot. */
export function RowsField({
  name,
  label,
  one,
  newRow,
  hint,
  children,
}: {
  name: string;
  label: string;
  /** What a single row is called, as in "Remove launch template 2". */
  one: string;
  newRow: object;
  hint?: ReactNode;
  children: (path: string, index: number) => ReactNode;
}) {
  const { fields, append, remove } = useFieldArray({ name });
  // What is wrong in a row is said at its field.
  const message = useFieldError(fields.length === 0 ? name : `${name}.root`);
  return (
    <fieldset className="m-0 grid min-w-0 gap-2 border-0 p-0">
      <legend className="sr-only">{label}</legend>
      {hint && <p className="m-0 text-ink-3 text-xs">{hint}</p>}
      {fields.map(({ id }, index) => (
        <div key={id} className="rounded-md border border-line p-3">
          <div className="grid gap-x-4 gap-y-3 sm:grid-cols-2">{children(`${name}.${index}`, index)}</div>
          <div className="mt-2 flex justify-end">
            <Button variant="quiet" aria-label={`Remove ${one} ${index + 1}`} onClick={() => remove(index)}>
              Remove
            </Button>
          </div>
        </div>
      ))}
      <div>
        <Button onClick={() => append(newRow)}>Add a {one}</Button>
      </div>
      {message && (
        <p role="alert" className="m-0 text-fail text-xs">
          {message}
        </p>
      )}
    </fieldset>
  );
}
