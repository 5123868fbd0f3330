"use client";
import { DiagnosisPanel } from "@/components/build-log/diagnosis-panel";
import { BuildFailure } from "@/components/image-builds/build-failure";
import type { ImageBuild } from "@/lib/image-builder/image-builds/types";
import { nextActionsOf } from "./next-actions";

/** Why a build failed and what to do about it: features that meet only here. */
export function FailedBuild({ target, build }: { target: string; build: ImageBuild }) {
  return (
    <DiagnosisPanel
      target={target}
      imageBuildKey={build}
      actions={nextActionsOf(target, build)}
      said={<BuildFailure build={build} />}
    />
  );
}
