"use client";
import Link from "next/link";
import { DiagnosisPanel } from "@/components/build-log/diagnosis-panel";
import { BuildFailure } from "@/components/image-builds/build-failure";
import { buttonClass } from "@/components/ui/button";
import { parseImageBuilderArn } from "@/lib/core/arn";
import { urls } from "@/lib/core/urls";
import type { ImageBuild } from "@/lib/image-builder/image-builds/types";
import { nextActionsOf } from "./next-actions";

/** Why a build failed and what to do about it: features that meet only here. */
export function FailedBuild({ target, build }: { target: string; build: ImageBuild }) {
  return (
    <DiagnosisPanel
      target={target}
      imageBuildKey={build}
      actions={(failed) => nextActionsOf(target, build, failed)}
      fix={({ component = "" }, isAdvised) =>
        isOwnComponent(component, build.arn) && (
          <Link
            href={urls.fixBuild(target, build)}
            prefetch={false}
            className={buttonClass(isAdvised ? "primary" : "secondary")}
          >
            Fix in a new version
          </Link>
        )
      }
      said={<BuildFailure build={build} />}
    />
  );
}

/** Amazon's components and those of other accounts get no version of ours. */
function isOwnComponent(arn: string, buildArn: string): boolean {
  const component = parseImageBuilderArn(arn);
  return (
    component?.version !== undefined && component.accountId === parseImageBuilderArn(buildArn)?.accountId
  );
}
