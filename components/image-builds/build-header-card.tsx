"use client";
import { isInFlight } from "@/lib/image-builder/image-builds/build-status";
import type { ImageBuild } from "@/lib/image-builder/image-builds/types";
import { BuildAmis } from "./build-amis";
import { BuildFacts } from "./build-facts";
import type { BuildTab } from "./build-tabs";
import { ChangeChips } from "./change-chips";
import { StageTimeline } from "./stage-timeline";

/** The answers of a build above all of its tabs: what came out, how it began and stands, what changed. */
export function BuildHeaderCard({
  target,
  build,
  onShow,
}: {
  target: string;
  build: ImageBuild;
  onShow: (tab: BuildTab) => void;
}) {
  const hasOutputs = build.amis.length + build.containers.length > 0;
  return (
    <section
      aria-label="About this build"
      className="mb-4 min-w-0 rounded-lg border border-line bg-surface shadow-soft"
    >
      <div className={hasOutputs ? "grid lg:grid-cols-[minmax(0,1.32fr)_minmax(0,1fr)]" : ""}>
        {hasOutputs && <BuildAmis target={target} build={build} onShow={onShow} />}
        <BuildFacts target={target} build={build} isWide={!hasOutputs} onShow={onShow} />
      </div>
      {/* Of what has succeeded, how long each stage took is for those who ask: it stands in the summary. */}
      {!hasOutputs && (
        <div className="border-line border-t px-3.5 py-3">
          <StageTimeline stages={build.stages} />
        </div>
      )}
      {!isInFlight(build.status) && <ChangeChips target={target} build={build} onShow={onShow} />}
    </section>
  );
}
