import type { ReactNode } from "react";

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
        <header className="flex min-h-10 flex-wrap items-center gap-x-2.5 border-line border-b px-3.5 py-1.5">
          <h2 className="m-0 font-semibold text-[13.5px]">{title}</h2>
          {note && <span className="text-ink-3">{note}</span>}
          <span className="flex-1" />
          {action}
        </header>
      )}
      <div className={flush ? "" : "px-3.5 py-3"}>{children}</div>
    </section>
  );
}
