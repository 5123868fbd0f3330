"use client";
import { type ReactNode, useEffect, useState } from "react";
import { get, useFormState } from "react-hook-form";

/** The settings that most leave as they are, folded away until one of `paths` is wrong. */
export function AllSettings({ paths, children }: { paths: string[]; children: ReactNode }) {
  const { errors } = useFormState({ name: paths });
  const isWrong = paths.some((path) => get(errors, path) !== undefined);
  const [isOpen, setOpen] = useState(false);
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
        All settings
        {isWrong && <span className="ml-2 font-normal text-fail">needs attention</span>}
      </summary>
      {children}
    </details>
  );
}
