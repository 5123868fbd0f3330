"use client";
import { type ReactNode, useEffect, useState } from "react";
import { get, useFormState, useWatch } from "react-hook-form";

/**
 * Fields that few need, folded away until one of `paths` holds something or is wrong, and drawn once they were open.
 * Folded, it says whether any of them is set.
 */
export function FormGroup({
  title,
  paths,
  children,
}: {
  title: string;
  paths: string[];
  children: ReactNode;
}) {
  const values: unknown[] = useWatch({ name: paths });
  const { errors } = useFormState({ name: paths });
  const isWrong = paths.some((path) => get(errors, path) !== undefined);
  const isSet = values.some(holdsSomething);
  const [isOpen, setOpen] = useState(isSet);
  const [isDrawn, setDrawn] = useState(isOpen);
  if (isOpen && !isDrawn) setDrawn(true);
  useEffect(() => {
    if (isWrong) setOpen(true);
  }, [isWrong]);
  return (
    <details
      open={isOpen}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
      className="border-line border-t"
    >
      <summary className="cursor-pointer px-3.5 py-2.5 font-[550]">
        {title}
        <span className="ml-2 font-normal text-ink-3">
          {isWrong ? "needs attention" : isSet ? "set" : "not configured"}
        </span>
      </summary>
      {isDrawn && <div className="grid gap-x-4 gap-y-3.5 px-3.5 pb-4 sm:grid-cols-2">{children}</div>}
    </details>
  );
}

const holdsSomething = (value: unknown): boolean =>
  typeof value === "object" && value !== null
    ? Object.values(value).some(holdsSomething)
    : value !== undefined && value !== null && value !== "";
