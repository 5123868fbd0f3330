"use client";
import { Columns3 } from "lucide-react";
import { buttonClass } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/inputs";
import { useClosingDetails } from "@/components/ui/use-closing-details";

/** Opens the list of a table's columns, each to be shown or left out. Escape and a click elsewhere close it. */
export function ColumnChoice({
  columns,
  isHidden,
  setHidden,
}: {
  columns: { id: string; header: string }[];
  isHidden: (column: string) => boolean;
  setHidden: (column: string, isHidden: boolean) => void;
}) {
  const panel = useClosingDetails();
  return (
    <details ref={panel} className="relative">
      <summary
        aria-label="Columns"
        title="Columns"
        className={`${buttonClass("quiet", "px-1.5")} list-none [&::-webkit-details-marker]:hidden`}
      >
        <Columns3 size={15} aria-hidden="true" />
      </summary>
      <fieldset className="absolute top-full right-0 z-10 m-0 mt-1 grid min-w-44 gap-1.5 rounded-lg border border-line bg-surface p-3 shadow-xl">
        <legend className="sr-only">Visible columns</legend>
        {columns.map(({ id, header }) => (
          <label key={id} className="flex items-center gap-2 whitespace-nowrap">
            <Checkbox checked={!isHidden(id)} onChange={({ target }) => setHidden(id, !target.checked)} />
            {header}
          </label>
        ))}
      </fieldset>
    </details>
  );
}
