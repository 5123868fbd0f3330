"use client";

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
    <th scope="col" className="sticky top-0 z-1 w-8 border-line border-b bg-surface pl-3.5">
      <input
        type="checkbox"
        aria-label={`Select every ${noun} shown`}
        ref={(box) => {
          if (box) box.indeterminate = isPart;
        }}
        checked={shown.length > 0 && selected.length === shown.length}
        onChange={({ target: { checked } }) => set(shown, checked)}
        className="block size-3.5 accent-(--accent)"
      />
    </th>
  );
}
