"use client";
import { Checkbox } from "@/components/ui/inputs";
import { HeaderCell } from "@/components/ui/table";

/** Ticks every row that the search and filters show, or none. */
export function SelectAllRows<Row>({
  shown,
  selected,
  set,
  noun,
}: {
  shown: Row[];
  selected: Row[];
  set: (rows: Row[], isOn: boolean) => void;
  noun: string;
}) {
  const isPart = selected.length > 0 && selected.length < shown.length;
  return (
    <HeaderCell layout="w-8 pr-0">
      <Checkbox
        aria-label={`Select every ${noun} shown`}
        isPart={isPart}
        checked={shown.length > 0 && selected.length === shown.length}
        onChange={({ target: { checked } }) => set(shown, checked)}
      />
    </HeaderCell>
  );
}
