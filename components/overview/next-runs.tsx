import Link from "next/link";
import { Card } from "@/components/ui/card";
import { RelativeTime } from "@/components/ui/relative-time";
import { urls } from "@/lib/core/urls";
import type { NextRun } from "@/lib/overview/types";

/** What starts by itself next. */
export function NextRuns({
  target,
  next,
  left,
  unlisted,
}: {
  target: string;
  next: NextRun[];
  /** More pipelines with a next run. */
  left: number;
  /** Why the schedules are not known. */
  unlisted: string | undefined;
}) {
  return (
    <Card title="Next runs">
      {next.length === 0 ? (
        <p className={`m-0 ${unlisted ? "text-wait" : "text-ink-2"}`}>
          {unlisted ? `Not known. ${unlisted}` : "No scheduled builds"}
        </p>
      ) : (
        <ul className="m-0 grid list-none gap-2 p-0">
          {next.map(({ pipelineName, at, words }) => (
            <li key={pipelineName} className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-3">
              <Link
                href={urls.pipeline(target, pipelineName)}
                prefetch={false}
                className="truncate no-underline hover:underline"
              >
                {pipelineName}
              </Link>
              <span className="text-right text-ink-2">
                <RelativeTime at={at} />
              </span>
              <span className="col-span-2 text-ink-3 text-xs">{words}</span>
            </li>
          ))}
        </ul>
      )}
      {left > 0 && (
        <p className="m-0 mt-2 text-ink-3 text-xs">
          <Link href={urls.pipelines(target)} prefetch={false}>
            {left === 1 ? "1 more pipeline" : `${left.toLocaleString("en-US")} more pipelines`}
          </Link>{" "}
          {left === 1 ? "is" : "are"} scheduled later.
        </p>
      )}
    </Card>
  );
}
