import "server-only";
import { ListImageScanFindingAggregationsCommand } from "@aws-sdk/client-imagebuilder";
import { diagnoseBuild } from "@/lib/build-log/diagnose-image-build";
import { keepBuildLog } from "@/lib/build-log/keep-build-log";
import { nameInArn, parseImageBuilderArn } from "@/lib/core/arn";
import { ConsoleFailure } from "@/lib/core/failure";
import type { ImageBuildKey } from "@/lib/core/resource-names";
import { isInFlight } from "@/lib/image-builder/image-builds/build-status";
import { getImageBuild } from "@/lib/image-builder/image-builds/get-image-build";
import { readBaseAmi } from "@/lib/image-builder/image-builds/read-base-ami";
import type { ImageBuild } from "@/lib/image-builder/image-builds/types";
import { unlessGone } from "@/lib/use-case/unless-failed";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { buildSpan, resultFromWorkflows, type StepTime, stepTimes } from "./build-times";
import { listedBuild, type NewBuildRow } from "./listed-build";
import type { Told } from "./save-builds";
import { whoStartedBuild } from "./who-started-build";

export type BuildDetail = { row: NewBuildRow; steps: StepTime[]; isEnded: boolean; told: Told };

/**
 * Everything the index keeps about one build. Undefined when AWS has it no more. `paced` goes at the sync's rate;
 * logs have a budget of their own.
 */
export async function readBuildDetail(
  { ctx, paced }: { ctx: UseCaseContext; paced: UseCaseContext },
  key: ImageBuildKey,
  place: { timeZone: string },
): Promise<BuildDetail | undefined> {
  const build = await unlessGone(getImageBuild({ ctx: paced, input: key }), undefined);
  if (!build) return undefined;
  const seenAt = new Date(ctx.clock.now());
  const listed = listedBuild(build, { targetId: ctx.target.id, timeZone: place.timeZone, seenAt });
  if (!listed) return undefined;
  if (isInFlight(build.status)) return { row: listed, steps: [], isEnded: false, told: {} };
  const [baseAmi, diagnosis, findings] = await Promise.all([
    unlessUnreadable(readBaseAmi(ctx, build)),
    unlessUnreadable(diagnoseBuild(ctx, build)),
    build.isScanned && build.status === "AVAILABLE" ? readFindings(paced, build.arn) : undefined,
  ]);
  // Goes on by itself: the index does not wait for late lines. A log that cannot be read is read by who opens it.
  void keepBuildLog(ctx, build).catch(() => undefined);
  const failed = diagnosis?.failed;
  return {
    isEnded: true,
    steps: stepTimes(build),
    told: {
      ...(diagnosis?.evidence && {
        evidence: { text: diagnosis.evidence.text, line: diagnosis.evidence.line },
      }),
      ...(diagnosis?.rule && { fix: diagnosis.rule.fix }),
      tags: build.tags,
    },
    row: {
      ...listed,
      result:
        build.status === "DELETED" ? (resultFromWorkflows(build.workflows) ?? listed.result) : listed.result,
      ...buildSpan(build),
      recipeName: build.recipe?.name,
      recipeVersion: build.recipe?.version,
      parentImage: build.parentImage,
      baseAmi,
      instanceType: build.instanceTypes[0] ?? "chosen by AWS",
      volumeGib: build.volumeGiB,
      startedBy: await whoStartedBuild(ctx, build),
      launchTemplates: build.launchTemplates,
      components: build.components.map(({ name, version }) => ({ name, version })),
      workflows: build.hidden.some(({ part }) => part === "workflows") ? null : workflowsOf(build),
      failedStage: failed?.stage,
      failedStep: failed?.workflowStep,
      failedComponent: failed?.component && nameInArn(failed.component),
      rule: diagnosis?.rule?.id,
      ruleTitle: diagnosis?.rule?.title,
      ...findings,
      detailedAt: seenAt,
      detailError: null,
    },
  };
}

const workflowsOf = ({ workflows }: Pick<ImageBuild, "workflows">) =>
  workflows.flatMap(({ workflowArn }) => {
    const { name, version } = parseImageBuilderArn(workflowArn) ?? {};
    return name && version ? [{ name, version }] : [];
  });

type Findings = Pick<NewBuildRow, "findingsAll" | "findingsCritical" | "findingsHigh" | "findingsMedium">;

/** How many findings AWS counts for an image; undefined where the role may not ask. */
export async function readFindings(ctx: UseCaseContext, arn: string): Promise<Findings | undefined> {
  const command = new ListImageScanFindingAggregationsCommand({
    filter: { name: "imageBuildVersionArn", values: [arn] },
  });
  const answer = await unlessUnreadable(ctx.aws.imageBuilder.read(command));
  const counts = answer?.responses?.[0]?.imageAggregation?.severityCounts;
  if (!answer) return undefined;
  return {
    findingsAll: counts?.all ?? 0,
    findingsCritical: counts?.critical ?? 0,
    findingsHigh: counts?.high ?? 0,
    findingsMedium: counts?.medium ?? 0,
  };
}

const codeOf = (error: unknown) => (error instanceof ConsoleFailure ? error.detail.code : undefined);

/** A log that is gone, or that the role may not read, leaves a gap and keeps nothing else from being known. */
async function unlessUnreadable<Value>(reading: Promise<Value>): Promise<Value | undefined> {
  try {
    return await reading;
  } catch (error) {
    const code = codeOf(error);
    if (code === "not-found" || code === "access-denied" || code === "invalid") return undefined;
    throw error;
  }
}
