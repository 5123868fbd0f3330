import "server-only";
import type { ImagePipeline } from "@aws-sdk/client-imagebuilder";
import { orAfter } from "@/lib/core/clock";
import { ConsoleFailure } from "@/lib/core/failure";
import { failureOfSource } from "@/lib/use-case/unless-failed";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { pipelineBuilds } from "./pipeline-builds";
import type { ImageBuildSummary } from "./types";

/** As many as AWS may be asked about at once; more are read little by little. */
const AT_ONCE = 100;
const LANES = 8;
const PATIENCE_MS = 2_000;

type ListedPipeline = ImagePipeline & { arn: string };

/**
 * The builds of many pipelines by the pipeline's ARN, each newest first. Of more than a hundred only what AWS gives
 * within two seconds, those that ran last first; what is missing then comes with a later question, since what was
 * read is kept.
 */
export async function buildsOfPipelines(
  ctx: UseCaseContext,
  pipelines: ListedPipeline[],
  { sinceMs }: { sinceMs?: number } = {},
): Promise<Map<string, ImageBuildSummary[]>> {
  const builds = new Map<string, ImageBuildSummary[]>();
  const among = pipelines.length;
  const read = async (pipeline: ListedPipeline) => {
    builds.set(pipeline.arn, await pipelineBuilds(ctx, pipeline, { among, sinceMs }));
  };
  if (among <= AT_ONCE) {
    const settled = await Promise.allSettled(pipelines.map(read));
    const failures = settled.flatMap((one) => (one.status === "rejected" ? [one.reason as unknown] : []));
    const [first] = failures;
    // One pipeline that cannot be read is missing; when none can, the reason is what there is to say.
    if (first !== undefined && (failures.length === among || !failures.every(failureOfSource))) throw first;
    return builds;
  }
  const latestFirst = pipelines.toSorted((a, b) => (b.dateLastRun ?? "").localeCompare(a.dateLastRun ?? ""));
  await readSomeOf(latestFirst, read);
  return new Map(builds);
}

/** Ends after two seconds, or when all is read. Throws what went wrong by then, but for a budget that is used up. */
async function readSomeOf(
  pipelines: ListedPipeline[],
  read: (pipeline: ListedPipeline) => Promise<void>,
): Promise<void> {
  const left = pipelines.values();
  let isOver = false;
  const lane = async () => {
    for (const pipeline of left) {
      if (isOver) return;
      await read(pipeline);
    }
  };
  const lanes = Promise.all(Array.from({ length: LANES }, lane)).catch((error: unknown) => {
    if (!isOver && !isSlowed(error)) throw error;
  });
  await orAfter(PATIENCE_MS, lanes, () => undefined).finally(() => {
    isOver = true;
  });
}

const isSlowed = (error: unknown) => error instanceof ConsoleFailure && error.detail.code === "slowed-by-aws";
