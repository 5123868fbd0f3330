import Link from "next/link";
import { AccountMark } from "@/components/shell/target-names";
import { Card } from "@/components/ui/card";
import { RelativeTime } from "@/components/ui/relative-time";
import { StageSegments } from "@/components/ui/stage-segments";
import { StatusBadge } from "@/components/ui/status-badge";
import { urls } from "@/lib/core/urls";
import { startedBy } from "@/lib/image-builder/image-builds/build-status";
import type { RunningBuild } from "@/lib/overview/types";

const SHOWN = 8;

/** What AWS works on right now, how far it is, and how long it usually takes. */
export function RunningBuilds({
  target,
  running,
  asOf,
}: {
  target: string;
  running: RunningBuild[];
  asOf: string;
}) {
  const more = running.length - SHOWN;
  return (
    <Card
      title="Running"
      note={running.length > 0 && <StatusBadge tone="run">{String(running.length)}</StatusBadge>}
      action={
        <Link
          href={urls.builds(target, { result: "running" })}
          prefetch={false}
          className="min-h-6 text-accent no-underline hover:underline"
        >
          {more > 0 ? `${more} more` : "All builds"}
        </Link>
      }
      flush
    >
      {running.length === 0 && <p className="m-0 px-3.5 py-3 text-ink-2">No builds running</p>}
      <ul className="m-0 list-none p-0">
        {running.slice(0, SHOWN).map((build) => {
          const stage = build.stages.find(({ state }) => state === "running");
          return (
            <li
              key={build.arn}
              className="grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-2 gap-y-1.5 border-line border-b px-3.5 py-2.5 last:border-0"
            >
              <Link
                href={urls.imageBuild(build.target ?? target, build)}
                prefetch={false}
                className="min-w-0 font-[550] no-underline [overflow-wrap:anywhere] hover:underline"
              >
                {build.target && (
                  <>
                    <AccountMark target={build.target} />{" "}
                  </>
                )}
                {build.pipelineName ?? build.displayName}{" "}
                <span className="font-mono font-normal text-ink-2 text-xs">{`${build.version}/${build.build}`}</span>
              </Link>
              <TimeLeft build={build} asOf={asOf} />
              <div className="col-span-2">
                <StageSegments
                  stages={build.stages}
                  label={stage ? `${stage.name} is running` : build.status.toLowerCase()}
                />
              </div>
              <span className="min-w-0 text-ink-2 text-xs [overflow-wrap:anywhere]">
                {[stage?.name, build.currentStep].filter(Boolean).join(", ") || build.status.toLowerCase()}
              </span>
              <span className="text-right text-ink-2 text-xs">
                <RelativeTime at={build.createdAt} />, {startedBy(build.buildType)}
              </span>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}

/** From the pipeline's own good builds: half of them took `p50Ms` at most, 95 of 100 `p95Ms`. */
function TimeLeft({ build: { usual, createdAt }, asOf }: { build: RunningBuild; asOf: string }) {
  const elapsedMs = Math.max(0, Date.parse(asOf) - Date.parse(createdAt));
  if (!usual) return <span className="whitespace-nowrap text-ink-3 text-xs">no usual duration yet</span>;
  const left = usual.p50Ms - elapsedMs;
  if (left > 0) return <b className="whitespace-nowrap font-[550]">about {inMinutes(left)} left</b>;
  if (elapsedMs <= usual.p95Ms)
    return <span className="whitespace-nowrap text-ink-2">{inMinutes(-left)} over the median</span>;
  return (
    <span className="whitespace-nowrap font-[550] text-wait">
      <span aria-hidden="true">! </span>
      {inMinutes(elapsedMs - usual.p95Ms)} over p95
    </span>
  );
}

const inMinutes = (ms: number) =>
  ms < 60_000 ? `${Math.ceil(ms / 1000)} s` : `${Math.round(ms / 60_000)} min`;
