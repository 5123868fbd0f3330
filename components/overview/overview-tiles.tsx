import type { Route } from "next";
import Link from "next/link";
import { Sparkline } from "@/components/charts/sparkline";
import { urls } from "@/lib/core/urls";
import type { DayResults, Overview } from "@/lib/overview/types";

type Tile = {
  label: string;
  value: string;
  note: string;
  href: Route;
  trend?: (number | undefined)[];
  tone?: "ink" | "ok" | "fail";
};

/** The factory in six figures; each leads to what it counts. */
export function OverviewTiles({ target, overview }: { target: string; overview: Overview }) {
  return (
    <ul className="m-0 mb-4 grid list-none grid-cols-2 gap-2.5 p-0 md:grid-cols-3 xl:grid-cols-6">
      {tilesOf(target, overview).map(({ label, value, note, href, trend, tone }) => (
        <li key={label} className="min-w-0">
          <Link
            href={href}
            prefetch={false}
            className="grid h-full grid-cols-[minmax(0,1fr)_auto] content-start items-end gap-x-2 rounded-lg border border-line bg-surface px-3 py-2.5 text-ink no-underline shadow-soft hover:bg-sunken"
          >
            <span className="col-span-2 text-ink-2 text-xs">{label}</span>
            <span className="whitespace-nowrap font-[620] text-xl leading-snug tracking-[-.02em]">
              {value}
            </span>
            {trend && <Sparkline values={trend} tone={tone} layout="w-14" />}
            <span className="col-span-2 text-ink-2 text-xs">{note}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

function tilesOf(target: string, { totals, days, running, freshness }: Overview): Tile[] {
  const { succeeded, failed, before, byDay, findings, failing, stale, oldestDays, waiting } = totals;
  const weeks = weeksUpTo(days, byDay);
  const range = String(days.length);
  const over = running.filter((build) => isOverdue(build, freshness.asOf)).length;
  return [
    {
      label: "Success rate",
      value: succeeded + failed === 0 ? "–" : `${rate({ succeeded, failed }).toFixed(1)}%`,
      note: changeOf({ succeeded, failed }, before, days.length),
      href: urls.history(target, { show: "health", days: range }),
      tone: "ok",
      trend: weeks.map((of) => (of.succeeded + of.failed > 0 ? rate(of) : undefined)),
    },
    {
      label: "Failing pipelines",
      value: String(failing),
      note: `of ${freshness.pipelines}`,
      href: urls.history(target, { show: "failures", days: range }),
      tone: failing > 0 ? "fail" : "ink",
      // Builds that failed, since nobody keeps how many pipelines were failing.
      trend: weeks.map((of) => of.failed),
    },
    {
      label: "Stale images",
      value: String(stale),
      note: oldestDays === undefined ? "none past its max. age" : `oldest: ${oldestDays} days`,
      href: urls.images(target, { age: "stale" }),
    },
    {
      label: "Critical findings",
      value: findings ? String(findings.critical) : "–",
      note: !findings
        ? "not known"
        : findings.scanned === 0
          ? "no scanned images"
          : `${findings.critical === 1 ? "image" : "images"}, of ${findings.scanned} scanned`,
      href: urls.history(target, { show: "findings", days: range }),
      tone: findings && findings.critical > 0 ? "fail" : "ink",
      ...(findings && findings.scanned > 0 && { trend: findings.byDay }),
    },
    {
      label: "Waiting for approval",
      value: waiting === undefined ? "–" : String(waiting),
      note: waiting === undefined ? "not known" : waiting === 1 ? "step" : "steps",
      href: urls.approvals(target),
    },
    {
      label: "Running",
      value: String(running.length),
      note: over > 0 ? `${over} slower than usual` : running.length === 1 ? "build" : "builds",
      href: urls.builds(target, { result: "running" }),
    },
  ];
}

/** For each day the week that ends with it: single days jump. The first six days have no whole week. */
function weeksUpTo(days: string[], byDay: DayResults[]): { succeeded: number; failed: number }[] {
  return days.slice(6).map((last, index) => {
    const week = byDay.filter(({ day }) => day >= (days[index] ?? last) && day <= last);
    return {
      succeeded: week.reduce((sum, { succeeded }) => sum + succeeded, 0),
      failed: week.reduce((sum, { failed }) => sum + failed, 0),
    };
  });
}

const isOverdue = ({ usual, createdAt }: Overview["running"][number], asOf: string) =>
  usual !== undefined && Date.parse(asOf) - Date.parse(createdAt) > usual.p95Ms;

const rate = ({ succeeded, failed }: { succeeded: number; failed: number }) =>
  (succeeded / (succeeded + failed)) * 100;

function changeOf(
  now: { succeeded: number; failed: number },
  before: { succeeded: number; failed: number } | undefined,
  days: number,
): string {
  if (now.succeeded + now.failed === 0) return `no builds in ${days} days`;
  if (!before || before.succeeded + before.failed === 0)
    return `${now.succeeded} of ${now.succeeded + now.failed} builds`;
  const points = rate(now) - rate(before);
  if (Math.abs(points) < 0.05) return `same as ${days} days before`;
  return `${points > 0 ? "↑" : "↓"} ${Math.abs(points).toFixed(1)} points`;
}
