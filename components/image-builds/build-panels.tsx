"use client";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import type { ReactNode } from "react";
import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { TabBar } from "@/components/ui/tab-bar";
import { isInFlight } from "@/lib/image-builder/image-builds/build-status";
import type { ImageBuild } from "@/lib/image-builder/image-builds/types";
import { findingCountsQuery } from "@/lib/queries/image-builds";
import { type BuildTab, tabsOf } from "./build-tabs";
import { countChanges, packagesOf, useBuildComparison } from "./use-build-comparison";

// Each tab brings its own code when it is opened: nobody reads all of them.
const loading = () => <Skeleton label="Loading" lines={5} />;
const BuildSummary = dynamic(() => import("./build-summary").then((module) => module.BuildSummary), {
  loading,
});
const ImageChangesPanel = dynamic(
  () => import("./image-changes-panel").then((module) => module.ImageChangesPanel),
  { loading },
);
const ImagePackagesPanel = dynamic(
  () => import("./image-packages-panel").then((module) => module.ImagePackagesPanel),
  { loading },
);
const ImageFindingsPanel = dynamic(
  () => import("./image-findings-panel").then((module) => module.ImageFindingsPanel),
  { loading },
);
const ImageTestsPanel = dynamic(
  () => import("./image-tests-panel").then((module) => module.ImageTestsPanel),
  { loading },
);
const BuildDistribution = dynamic(
  () => import("./build-distribution").then((module) => module.BuildDistribution),
  { loading },
);
const BuildRecipe = dynamic(() => import("./build-recipe").then((module) => module.BuildRecipe), { loading });

/** The tabs of a build with what each holds, counted where the number is known. */
export function BuildPanels({
  target,
  build,
  log,
  open,
  onShow,
}: {
  target: string;
  build: ImageBuild;
  log: ReactNode;
  open: BuildTab;
  onShow: (tab: BuildTab) => void;
}) {
  const counts = useCounts(target, build);
  return (
    <TabBar
      label="Parts of the build"
      tabs={tabsOf(build.status).map(({ id, label }) => ({ id, label, count: counts[id] }))}
      open={open}
      onOpen={(id) => onShow(id as BuildTab)}
    >
      <Panel target={target} build={build} log={log} open={open} onShow={onShow} />
    </TabBar>
  );
}

function useCounts(target: string, build: ImageBuild): Partial<Record<BuildTab, number | undefined>> {
  const { comparison } = useBuildComparison(target, build);
  const hasImage = build.amis.length + build.containers.length > 0;
  const { data } = useQuery({
    ...findingCountsQuery(target, build),
    enabled: hasImage && !isInFlight(build.status),
  });
  return {
    changes: comparison && countChanges(comparison),
    packages: comparison && packagesOf(comparison),
    findings: data?.counts?.all,
    tests: build.workflows.filter(({ type }) => type === "TEST").length || undefined,
    distribution: build.amis.length + build.containers.length || undefined,
  };
}

function Panel({
  target,
  build,
  log,
  open,
  onShow,
}: {
  target: string;
  build: ImageBuild;
  log: ReactNode;
  open: BuildTab;
  onShow: (tab: BuildTab) => void;
}) {
  switch (open) {
    case "summary":
      return <BuildSummary target={target} build={build} onShow={onShow} />;
    case "log":
      return (
        <div className="min-w-0 overflow-hidden rounded-lg border border-line bg-surface shadow-soft">
          <h2 className="sr-only">Steps and log</h2>
          {log}
        </div>
      );
    case "distribution":
      return <BuildDistribution target={target} build={build} />;
    case "recipe":
      return <BuildRecipe target={target} build={build} />;
    default:
      return (
        <Card flush>
          {open === "changes" && <ImageChangesPanel target={target} build={build} />}
          {open === "packages" && <ImagePackagesPanel target={target} build={build} />}
          {open === "findings" && <ImageFindingsPanel target={target} build={build} />}
          {open === "tests" && <ImageTestsPanel build={build} />}
        </Card>
      );
  }
}
