import Link from "next/link";
import { Card } from "@/components/ui/card";
import { RelativeTime } from "@/components/ui/relative-time";
import { StageSegments } from "@/components/ui/stage-segments";
import { StatusBadge } from "@/components/ui/status-badge";
import { urls } from "@/lib/core/urls";
import { startedBy } from "@/lib/image-builder/image-builds/build-status";
import type { RunningBuild } from "@/lib/overview/types";

/** What AWS works on right now, and how far it is. */
export function RunningBuilds({ target, running }: { target: string; running: RunningBuild[] }) {
  return (
    <Card
      title="Running now"
      note={running.length > 0 && <StatusBadge tone="run">{String(running.length)}</StatusBadge>}
      flush
    >
      {running.length === 0 && <p className="m-0 px-3.5 py-3 text-ink-2">No builds running</p>}
      <ul className="m-0 list-none p-0">
        {running.map((build) => {
          const stage = build.stages.find(({ state }) => state === "running");
          return (
            <li key={build.arn} className="grid gap-1.5 border-line border-b px-3.5 py-2.5 last:border-0">
              <div className="flex flex-wrap items-center gap-x-2">
                <Link
                  href={urls.imageBuild(target, build)}
                  prefetch={false}
                  className="font-[550] no-underline hover:underline"
                >
                  {build.displayName}{" "}
                  <span className="font-mono font-normal text-ink-3 text-xs">{`${build.version}/${build.build}`}</span>
                </Link>
                <span className="ml-auto text-ink-2">{build.currentStep ?? build.status.toLowerCase()}</span>
              </div>
              <StageSegments
                stages={build.stages}
                label={stage ? `${stage.name} is running` : build.status.toLowerCase()}
              />
              <span className="text-ink-3 text-xs">
                Started <RelativeTime at={build.createdAt} />, {startedBy(build.buildType)}
              </span>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
