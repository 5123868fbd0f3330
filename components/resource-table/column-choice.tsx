"use client";
import { Columns3 } from "lucide-react";
import { useId } from "react";
import { Button, Dialog, DialogTrigger, Popover } from "react-aria-components";
import { buttonClass } from "@/components/ui/button";

/** Opens the list of a table's columns, each to be shown or left out. */
export function ColumnChoice({
  columns,
  isHidden,
  setHidden,
}: {
  columns: { id: string; header: string }[];
  isHidden: (column: string) => boolean;
  setHidden: (column: string, isHidden: boolean) => void;
}) {
  const id = useId();
  return (
    <DialogTrigger>
      <Button aria-label="Columns" className={buttonClass("quiet", "px-1.5")}>
        <Columns3 size={15} aria-hidden="true" />
      </Button>
      <Popover
        placement="bottom end"
        className="min-w-44 rounded-lg border border-line bg-surface p-3 text-ink shadow-xl"
      >
        <Dialog aria-labelledby={id} className="grid gap-1.5 outline-none">
          <h2 id={id} className="m-0 font-semibold text-[13px]">
            Columns
          </h2>
          {columns.map(({ id: column, header }) => (
            <label key={column} className="flex items-center gap-2">
              <input
                type="checkbox"
                checked={!isHidden(column)}
                onChange={({ target }) => setHidden(column, !target.checked)}
                className="size-3.5 accent-(--accent)"
              />
              {header}
            </label>
          ))}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
