import type { ReactNode } from "react";

export type Fact = { label: string; value: ReactNode };

/** Names and values in two columns, one on a narrow screen. A fact without a value is left out. */
export function FactList({ facts }: { facts: Fact[] }) {
  return (
    <dl className="m-0 grid gap-x-6 gap-y-2 sm:grid-cols-[minmax(120px,max-content)_minmax(0,1fr)]">
      {facts
        .filter(({ value }) => value !== undefined && value !== "" && value !== null)
        .map(({ label, value }) => (
          <div key={label} className="grid gap-x-6 sm:contents">
            <dt className="text-ink-3">{label}</dt>
            <dd className="m-0 min-w-0 [overflow-wrap:anywhere]">{value}</dd>
          </div>
        ))}
    </dl>
  );
}
