import "server-only";
import {
  type ImagePipeline,
  type ImageSummary,
  ListImagePipelineImagesCommand,
} from "@aws-sdk/client-imagebuilder";
import { orAfter } from "@/lib/core/clock";
import { isInFlight } from "@/lib/image-builder/image-builds/build-status";
import { newestFirst } from "@/lib/image-builder/image-builds/pipeline-builds";
import { toImageBuildSummary } from "@/lib/image-builder/image-builds/to-image-build-summary";
import type { ImageBuildSummary } from "@/lib/image-builder/image-builds/types";
import { failureOfSource, unlessFailed } from "@/lib/use-case/unless-failed";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";

const LANES = 8;
/** A page does not wait longer; what comes later is there at the next poll. */
const PATIENCE_MS = 1_000;
const MOVING_FRESH_FOR_MS = 5_000;
/** A pipeline that runs again has another `dateLastRun`, and is asked anew. */
const QUIET_FRESH_FOR_MS = 600_000;

type ListedPipeline = ImagePipeline & { arn: string };
type Asked = {
  /** The newest 25 builds by the pipeline's ARN. */
  builds: Map<string, ImageBuildSummary[]>;
  /** Why some are missing, where AWS gave a reason. */
  reason?: string;
};

/**
 * The newest builds of pipelines of which the index does not know enough: one call each, those that ran last first, as
 * far as the calls for lists last. What is missing comes with a later poll, since what was read is kept.
 */
export async function askPipelines(ctx: UseCaseContext, pipelines: ListedPipeline[]): Promise<Asked> {
  const asked: Asked = { builds: new Map() };
  const latestFirst = pipelines.toSorted((a, b) => (b.dateLastRun ?? "").localeCompare(a.dateLastRun ?? ""));
  const left = latestFirst.values();
  let isOver = false;
  const lane = async () => {
    for (const pipeline of left) {
      if (isOver) return;
      const { value, reason } = await unlessFailed(newestBuilds(ctx, pipeline), undefined);
      if (value) asked.builds.set(pipeline.arn, value);
      else asked.reason ??= reason;
    }
  };
  const lanes = Promise.all(Array.from({ length: LANES }, lane)).catch((error: unknown) => {
    // A pipeline that was deleted meanwhile has no list any more.
    if (!isOver && failureOfSource(error)) throw error;
  });
  await orAfter(PATIENCE_MS, lanes, () => undefined).finally(() => {
    isOver = true;
  });
  return { ...asked, builds: new Map(asked.builds) };
}

async function newestBuilds(
  { aws }: UseCaseContext,
  { arn, name, dateLastRun }: ListedPipeline,
): Promise<ImageBuildSummary[]> {
  const command = new ListImagePipelineImagesCommand({ imagePipelineArn: arn, maxResults: 25 });
  const { imageSummaryList = [] } = await aws.imageBuilder.read(command, {
    hint: dateLastRun,
    forLists: true,
    freshForMs: ({ imageSummaryList: all = [] }) =>
      all.some(isMoving) ? MOVING_FRESH_FOR_MS : QUIET_FRESH_FOR_MS,
  });
  return newestFirst(imageSummaryList.flatMap((image) => toImageBuildSummary(image, name) ?? []));
}

const isMoving = ({ state }: ImageSummary) => isInFlight(state?.status ?? "PENDING");
