import type { ReactNode } from "react";

/** Where one is, what it is called, what one can do here. */
export function PageHeader({
  crumbs,
  title,
  detail,
  children,
}: {
  crumbs: ReactNode;
  title: ReactNode;
  detail?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <header className="mb-4 flex flex-wrap items-end gap-x-3 gap-y-2">
      <div className="min-w-0">
        <div className="text-ink-3 text-xs">{crumbs}</div>
        <div className="mt-0.5 flex flex-wrap items-center gap-x-3 gap-y-1">
          <h1 className="m-0 font-[620] text-xl tracking-[-.01em] [overflow-wrap:anywhere]">{title}</h1>
          {detail}
        </div>
      </div>
      <span className="flex-1" />
      <div className="flex flex-wrap items-center gap-2">{children}</div>
    </header>
  );
}
