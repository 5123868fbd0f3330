"use client";
import { type KeyboardEvent, type ReactNode, useRef } from "react";

export type TabOfBar = {
  id: string;
  label: string;
  /** How many things are behind it, where that is known. */
  count?: number | undefined;
};

/**
 * Tabs over one panel, by the pattern that screen readers know: arrows move between tabs, and each opens its panel.
 * https://www.w3.org/WAI/ARIA/apg/patterns/tabs/
 */
export function TabBar({
  label,
  tabs,
  open,
  onOpen,
  children,
}: {
  label: string;
  tabs: readonly TabOfBar[];
  open: string;
  onOpen: (id: string) => void;
  /** The panel of the open tab. */
  children: ReactNode;
}) {
  const bar = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const at = tabs.findIndex(({ id }) => id === open);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = tabs[(to + tabs.length) % tabs.length];
    if (!next) return;
    onOpen(next.id);
    bar.current?.querySelector<HTMLElement>(`#tab-${next.id}`)?.focus();
  };
  return (
    <>
      <div
        ref={bar}
        role="tablist"
        aria-label={label}
        onKeyDown={onKeyDown}
        tabIndex={-1}
        className="mb-4 flex gap-x-1 overflow-x-auto border-line border-b [scrollbar-width:none]"
      >
        {tabs.map(({ id, label: text, count }) => (
          <button
            key={id}
            id={`tab-${id}`}
            type="button"
            role="tab"
            aria-selected={id === open}
            aria-controls={id === open ? `panel-${id}` : undefined}
            tabIndex={id === open ? 0 : -1}
            onClick={() => onOpen(id)}
            className="cursor-pointer whitespace-nowrap border-0 border-transparent border-b-2 bg-transparent px-2.5 py-2 font-[inherit] text-ink-2 outline-offset-[-2px] hover:text-ink aria-selected:border-accent-solid aria-selected:font-[550] aria-selected:text-ink"
          >
            {text}
            {count !== undefined && <span className="text-ink-3"> {count.toLocaleString("en")}</span>}
          </button>
        ))}
      </div>
      <div
        role="tabpanel"
        id={`panel-${open}`}
        aria-labelledby={`tab-${open}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a panel without anything to focus must be reached too
        tabIndex={0}
        className="min-w-0 outline-offset-2"
      >
        {children}
      </div>
    </>
  );
}
