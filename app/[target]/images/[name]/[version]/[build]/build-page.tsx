"use client";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { ImageBuildView } from "@/components/image-builds/image-build-view";
import { RunPipelineButton } from "@/components/resources/run-pipeline-button";
import { Skeleton } from "@/components/ui/skeleton";
import type { LogHead } from "@/lib/build-log/reader/types";
import type { ImageBuildKey } from "@/lib/core/resource-names";
import { imageBuildQuery } from "@/lib/queries/image-builds";

// A build that succeeded opens on its summary: neither the log nor why it failed is asked for then.
const BuildLog = dynamic(() => import("@/components/build-log/build-log").then((module) => module.BuildLog), {
  loading: () => <Skeleton label="Loading the log" lines={16} />,
});
const FailedBuild = dynamic(() => import("./failed-build").then((module) => module.FailedBuild));

/** The build with its log beside the steps: features that meet only here. */
export function BuildPage({
  target,
  imageBuildKey,
  logHead,
}: {
  target: string;
  imageBuildKey: ImageBuildKey;
  logHead: LogHead | undefined;
}) {
  const { data: build } = useQuery(imageBuildQuery(target, imageBuildKey));
  return (
    <ImageBuildView
      target={target}
      imageBuildKey={imageBuildKey}
      diagnosis={build && <FailedBuild target={target} build={build} />}
      runAgain={(variant) =>
        build?.pipelineName && (
          <RunPipelineButton target={target} name={build.pipelineName} label="Run again" variant={variant} />
        )
      }
      log={
        <BuildLog
          target={target}
          imageBuildKey={imageBuildKey}
          workflows={build?.workflows ?? []}
          head={logHead}
        />
      }
    />
  );
}
