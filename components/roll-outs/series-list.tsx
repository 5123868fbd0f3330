import Link from "next/link";
import { Card } from "@/components/ui/card";
import { RelativeTime } from "@/components/ui/relative-time";
import { StatusBadge } from "@/components/ui/status-badge";
import { urls } from "@/lib/core/urls";
import type { SeriesRow } from "@/lib/fleet/series/types";
import { seriesCount, seriesStatusOf, seriesTitle } from "./series-words";

/** The latest roll-outs of several groups; nothing where there is none. */
export function SeriesList({ target, series }: { target: string; series: SeriesRow[] }) {
  if (series.length === 0) return null;
  return (
    <Card title="Several groups in order" className="mb-3" flush>
      <ul aria-label="Roll-outs of several groups" className="m-0 list-none p-0">
        {series.map((one) => {
          const { tone, word } = seriesStatusOf(one);
          return (
            <li
              key={one.id}
              className="flex flex-wrap items-center gap-x-4 gap-y-1 border-line border-b px-3.5 py-2 last:border-b-0"
            >
              <Link
                href={urls.rollOutSeries(target, one.id)}
                prefetch={false}
                className="min-w-40 flex-1 font-[550] no-underline [overflow-wrap:anywhere] hover:underline"
              >
                {seriesTitle(one)}
              </Link>
              <StatusBadge tone={tone}>{word}</StatusBadge>
              <span className="text-ink-2">{seriesCount(one)}</span>
              <span className="text-ink-2 text-xs">
                <RelativeTime at={one.startedAt} /> by {one.startedBy}
              </span>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
