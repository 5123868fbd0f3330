import type { ComponentProps, ReactNode } from "react";
import { Input } from "./inputs";
import { useTypedText } from "./use-typed-text";

/** Looks of fields in a bar of filters above a table. */
export const FILTER_LOOK = { look: "bar", isSunken: true, layout: "w-full min-w-0" } as const;

/** A bar of filters above a table, each with its name over it. */
export function FilterBar({ children }: { children: ReactNode }) {
  return (
    <search className="grid grid-cols-2 items-end gap-x-3 gap-y-2 border-line border-b px-3.5 py-2.5 sm:flex sm:flex-wrap">
      {children}
    </search>
  );
}

/** The address comes back later than the next key: what is typed stands at once. */
export function TypedInput({
  kept,
  onKeep,
  ...rest
}: ComponentProps<typeof Input> & { kept: string; onKeep: (text: string) => void }) {
  const [text, setText] = useTypedText(kept, onKeep);
  return <Input {...rest} value={text} onChange={(event) => setText(event.target.value)} />;
}

/** A field of a bar with its name over it. */
export function LabeledFilter({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child
    <label className="grid gap-0.5 text-ink-3 text-xs">
      {label}
      {children}
    </label>
  );
}
