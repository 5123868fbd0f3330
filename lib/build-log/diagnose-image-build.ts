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
  const { rules, mistake } = await readTeamRules(ctx.settings.diagnosisRulesFile);
  const log = await readWholeLog(ctx, build);
  const { outOfTime, ...diagnosis } = await diagnoseFailure({
    ...collectEvidence(build, log),
    teamRules: rules,
  });
  const mistakes = [mistake, outOfTime.length > 0 && tooSlow(outOfTime)].filter(Boolean);
  return { ...diagnosis, ...(mistakes.length > 0 && { mistake: mistakes.join(" ") }) };
}

const tooSlow = (ids: string[]) =>
  `${ids.length === 1 ? "Rule" : "Rules"} ${ids.join(", ")} took too long on this log and ${
    ids.length === 1 ? "was" : "were"
  } not applied. Simplify the ${ids.length === 1 ? "pattern" : "patterns"}.`;
