"use client";
import { useQuery } from "@tanstack/react-query";
import { BuildLog } from "@/components/build-log/build-log";
import { DiagnosisPanel } from "@/components/build-log/diagnosis-panel";
import { BuildFailure } from "@/components/image-builds/build-failure";
import { ImageBuildView } from "@/components/image-builds/image-build-view";
import { RunPipelineButton } from "@/components/resources/run-pipeline-button";
import type { LogHead } from "@/lib/build-log/reader/types";
import type { ImageBuildKey } from "@/lib/core/resource-names";
import { imageBuildQuery } from "@/lib/queries/image-builds";
import { nextActionsOf } from "./next-actions";

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
      diagnosis={
        <DiagnosisPanel
          target={target}
          imageBuildKey={imageBuildKey}
          actions={build && nextActionsOf(target, build)}
          again={
            build?.pipelineName && (
              <RunPipelineButton
                target={target}
                name={build.pipelineName}
                label="Run again"
                variant="secondary"
              />
            )
          }
          said={build && <BuildFailure build={build} />}
        />
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
