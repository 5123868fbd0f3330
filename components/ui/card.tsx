import type { ReactNode } from "react";
import { PanelBoundary } from "./panel-boundary";

/** A panel with a title line. `flush` lets a table or log reach its edges. */
export function Card({
  title,
  note,
  action,
  flush = false,
  className = "",
  children,
}: {
  title?: string;
  note?: ReactNode;
  action?: ReactNode;
  flush?: boolean;
  className?: string;
  children: ReactNode;
}) {
  return (
    <section className={`min-w-0 rounded-lg border border-line bg-surface shadow-soft ${className}`}>
      {title && (
        <header className="flex min-h-10 items-center gap-x-2.5 border-line border-b px-3.5 py-1.5">
          <div className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-2.5">
            <h2 className="m-0 font-semibold text-[13.5px]">{title}</h2>
            {note && <span className="min-w-0 text-ink-3">{note}</span>}
          </div>
          {action && <div className="shrink-0">{action}</div>}
        </header>
      )}
      <div className={flush ? "" : "px-3.5 py-3"}>
        <PanelBoundary>{children}</PanelBoundary>
      </div>
    </section>
  );
}
