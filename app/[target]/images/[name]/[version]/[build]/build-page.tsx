"use client";
import { BuildLog } from "@/components/build-log/build-log";
import { DiagnosisPanel } from "@/components/build-log/diagnosis-panel";
import { ImageBuildView } from "@/components/image-builds/image-build-view";
import type { ImageBuildKey } from "@/lib/image-builder/image-builds/types";

/** The build with its log beside the steps: two features that meet only here. */
export function BuildPage({ target, imageBuildKey }: { target: string; imageBuildKey: ImageBuildKey }) {
  return (
    <ImageBuildView
      target={target}
      imageBuildKey={imageBuildKey}
      diagnosis={<DiagnosisPanel target={target} imageBuildKey={imageBuildKey} />}
      log={<BuildLog target={target} imageBuildKey={imageBuildKey} />}
    />
  );
}
