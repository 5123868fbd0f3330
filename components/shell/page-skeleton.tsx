import type { ReactNode } from "react";
import { type PageShape, pageShapeOf } from "./page-shape";

const bar = "animate-pulse rounded bg-mute-soft motion-reduce:animate-none";
const box = "rounded-lg border border-line bg-surface";
const many = (count: number, draw: (index: number) => ReactNode) =>
  Array.from({ length: count }, (_, index) => draw(index));

/** The page that was asked for, before its data is there: its title, and boxes of its shape. */
export function PageSkeleton({ pathname, label }: { pathname: string; label: string }) {
  const { shape, title } = pageShapeOf(pathname);
  return (
    <div role="status" aria-busy="true" aria-label="Loading page">
      <div className="mb-4 flex items-end justify-between">
        <div className="min-w-0">
          <div className="text-ink-3 text-xs">{label}</div>
          <div className="mt-0.5 flex h-7.5 items-center font-[620] text-xl tracking-[-.01em]">
            {title ? (
              <span className="truncate">{title}</span>
            ) : (
              <span className={`${bar} inline-block h-5 w-56 max-w-full`} />
            )}
          </div>
        </div>
        {shape !== "overview" && <span className={`${bar} hidden h-8 w-32 sm:block`} />}
      </div>
      {SHAPES[shape]}
    </div>
  );
}

const rows = (count: number) => (
  <div className={box}>
    <div className="flex gap-2 border-line border-b px-3.5 py-2">
      <span className={`${bar} h-7 w-56`} />
      <span className={`${bar} h-7 w-28`} />
    </div>
    {many(count, (index) => (
      <div key={index} className="flex h-12 items-center gap-6 border-line border-b px-3.5 last:border-0">
        <span className={`${bar} h-3.5 w-1/4`} />
        <span className={`${bar} h-3.5 w-1/6`} />
        <span className={`${bar} hidden h-3.5 w-1/3 sm:block`} />
      </div>
    ))}
  </div>
);
const tiles = (count: number) => (
  <div className="mb-4 grid grid-cols-2 gap-4 md:grid-cols-3 xl:grid-cols-6">
    {many(count, (index) => (
      <div key={index} className={`${box} grid h-24 content-between p-3.5`}>
        <span className={`${bar} h-3 w-2/3`} />
        <span className={`${bar} h-6 w-1/3`} />
      </div>
    ))}
  </div>
);
const card = (lines: number, height = "") => (
  <div className={`${box} ${height} grid content-start gap-3 p-3.5`}>
    <span className={`${bar} h-4 w-1/3`} />
    {many(lines, (index) => (
      <span key={index} className={`${bar} h-3.5`} />
    ))}
  </div>
);

const SHAPES: Record<PageShape, ReactNode> = {
  overview: (
    <>
      {tiles(6)}
      {rows(6)}
    </>
  ),
  list: rows(12),
  charts: (
    <div className="grid gap-4 lg:grid-cols-2">
      {many(4, (index) => (
        <div key={index}>{card(0, "h-64")}</div>
      ))}
    </div>
  ),
  resource: (
    <div className="grid gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
      {card(8)}
      {card(5)}
    </div>
  ),
  build: (
    <div className="grid gap-4">
      {card(4)}
      <div className="flex gap-4 border-line border-b pb-2">
        {many(6, (index) => (
          <span key={index} className={`${bar} h-4 w-16`} />
        ))}
      </div>
      {card(10)}
    </div>
  ),
  form: (
    <div className="grid max-w-3xl gap-4">
      {many(3, (index) => (
        <div key={index}>{card(3)}</div>
      ))}
    </div>
  ),
};
