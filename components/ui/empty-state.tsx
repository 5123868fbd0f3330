import type { ReactNode } from "react";

/** Nothing here: says why, and what to do next. */
export function EmptyState({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="grid justify-items-start gap-2 px-3.5 py-8 sm:justify-items-center sm:text-center">
      <p className="m-0 font-semibold">{title}</p>
      {children && <div className="max-w-[56ch] text-ink-2">{children}</div>}
    </div>
  );
}
