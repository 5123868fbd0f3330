import type { Route } from "next";
import Link from "next/link";

/** What is counted: failures in the color of failing, all else in none. */
const FILL = { fail: "fill-fail-calm", mute: "fill-mute" };

export type RankedBar = { key: string; title: string; count: number; before: number; href: Route };

/** The most frequent first, each with a bar, its count, and what it was in the range before. */
export function RankedBars({ bars, tone }: { bars: RankedBar[]; tone: keyof typeof FILL }) {
  const top = Math.max(1, ...bars.map(({ count }) => count));
  return (
    <ul className="m-0 grid list-none gap-2.5 p-0">
      {bars.map(({ key, title, count, before, href }) => (
        <li key={key}>
          <Link href={href} prefetch={false} className="group block min-h-6 no-underline">
            <span className="flex items-baseline gap-3">
              <span className="min-w-0 flex-1 [overflow-wrap:anywhere] group-hover:underline">{title}</span>
              <span>{count}</span>
              <span className="whitespace-nowrap text-right text-ink-3 text-xs">
                previous period: {before}
              </span>
            </span>
            <svg
              viewBox="0 0 100 2"
              preserveAspectRatio="none"
              className="mt-1 h-1 w-full rounded-full"
              aria-hidden="true"
            >
              <rect width={100} height={2} className="fill-mute-soft" />
              <rect width={(count / top) * 100} height={2} className={FILL[tone]} />
            </svg>
          </Link>
        </li>
      ))}
    </ul>
  );
}
