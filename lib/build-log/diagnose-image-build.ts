import "server-only";
import { getImageBuild } from "@/lib/image-builder/image-builds/get-image-build";
import { imageBuildKeySchema } from "@/lib/image-builder/image-builds/schemas";
import type { ImageBuild } from "@/lib/image-builder/image-builds/types";
import { useCase } from "@/lib/use-case/use-case";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { BUILT_IN_RULES } from "./diagnosis/built-in-rules";
import { collectEvidence } from "./diagnosis/collect-evidence";
import { diagnoseFailure } from "./diagnosis/diagnose-failure";
import { readTeamRules } from "./diagnosis/team-rules";
import type { Diagnosis } from "./diagnosis/types";
import { KeptDiagnoses, versionOf } from "./kept/kept-diagnoses";
import { hasOwnGroup } from "./open-build-log";
import { withWholeLog } from "./read-whole-log";

/** Why a build failed: what, the line that shows it, cause and fix. Undefined for a build that did not fail. */
export const diagnoseImageBuild = useCase(
  "diagnose-image-build",
  imageBuildKeySchema,
  async ({ ctx, input }): Promise<(Diagnosis & { mistake?: string }) | undefined> => {
    return diagnoseBuild(ctx, await getImageBuild({ ctx, input }));
  },
);

/**
 * The same for a build that has been read already. What was worked out from a complete log, by rules that all were in
 * time, is remembered: asked again, by the same rules, nothing reads the log.
 */
export async function diagnoseBuild(
  ctx: UseCaseContext,
  build: ImageBuild,
): Promise<(Diagnosis & { mistake?: string }) | undefined> {
  if (build.status !== "FAILED") return undefined;
  const { rules, mistake } = await readTeamRules(ctx.settings.diagnosisRulesFile);
  // A log in another group is not surely this image's, and not everybody's who may see the build.
  const kept = hasOwnGroup(build) ? new KeptDiagnoses(ctx.database) : undefined;
  const key = {
    targetId: ctx.target.id,
    imageArn: build.arn,
    rules: versionOf([...BUILT_IN_RULES, ...rules]),
  };
  // It can be worked out: a database that is away keeps nobody from it.
  const known = await kept?.find(key).catch(() => undefined);
  if (known) return { ...known, ...(mistake !== undefined && { mistake }) };
  return withWholeLog(ctx, build, async (log) => {
    const { outOfTime, ...diagnosis } = await diagnoseFailure({
      ...collectEvidence(build, log),
      teamRules: rules,
    });
    if (log?.isComplete && outOfTime.length === 0)
      await kept?.save(key, diagnosis, new Date(ctx.clock.now())).catch(() => undefined);
    const mistakes = [mistake, outOfTime.length > 0 && tooSlow(outOfTime)].filter(Boolean);
    return { ...diagnosis, ...(mistakes.length > 0 && { mistake: mistakes.join(" ") }) };
  });
}

const tooSlow = (ids: string[]) =>
  `${ids.length === 1 ? "Rule" : "Rules"} ${ids.join(", ")} took too long on this log and ${
    ids.length === 1 ? "was" : "were"
  } not applied. Simplify the ${ids.length === 1 ? "pattern" : "patterns"}.`;
