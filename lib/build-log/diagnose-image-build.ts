import "server-only";
import { getImageBuild } from "@/lib/image-builder/image-builds/get-image-build";
import { imageBuildKeySchema } from "@/lib/image-builder/image-builds/schemas";
import type { ImageBuild } from "@/lib/image-builder/image-builds/types";
import { useCase } from "@/lib/use-case/use-case";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { collectEvidence } from "./diagnosis/collect-evidence";
import { diagnoseFailure } from "./diagnosis/diagnose-failure";
import { readTeamRules } from "./diagnosis/team-rules";
import type { Diagnosis } from "./diagnosis/types";
import { readWholeLog } from "./read-whole-log";

/** Why a build failed: what, the line that shows it, cause and fix. Undefined for a build that did not fail. */
export const diagnoseImageBuild = useCase(
  "diagnose-image-build",
  imageBuildKeySchema,
  async ({ ctx, input }): Promise<(Diagnosis & { mistake?: string }) | undefined> => {
    return diagnoseBuild(ctx, await getImageBuild({ ctx, input }));
  },
);

/** The same for a build that has been read already. */
export async function diagnoseBuild(
  ctx: UseCaseContext,
  build: ImageBuild,
): Promise<(Diagnosis & { mistake?: string }) | undefined> {
  if (build.status !== "FAILED") return undefined;
  const [log, { rules, mistake }] = await Promise.all([
    readWholeLog(ctx, build),
    readTeamRules(ctx.settings.diagnosisRulesFile),
  ]);
  const { failed, evidence } = collectEvidence(build, log);
  return { ...diagnoseFailure({ failed, evidence, teamRules: rules }), mistake };
}
