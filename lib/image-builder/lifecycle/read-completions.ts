import "server-only";
import { ListWorkflowExecutionsCommand } from "@aws-sdk/client-imagebuilder";
import { collectPages } from "@/lib/aws/paginate";
import { DAY_MS } from "@/lib/core/time";
import { toInstant } from "@/lib/image-builder/image-builds/to-image-build-summary";
import { unlessFailed } from "@/lib/use-case/unless-failed";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { type LifecycleScope, UNIT_DAYS } from "./judge-images";
import type { LifecycleImage } from "./types";

/** Longer than a build: the longest workflow step that AWS allows waits seven days. */
const LONGEST_BUILD_MS = 8 * DAY_MS;
const FRESH_FOR_MS = 600_000;
/** One call each. */
const MOST_READ = 50;

/**
 * When builds completed, for images that an age decides differently from their start and from their end. AWS counts
 * from "the Image Builder image resource creation date (set once the build completes)"; its lists have one date, and
 * while a build runs that is its start. What could not be read is among `doubts`.
 * https://docs.aws.amazon.com/imagebuilder/latest/userguide/image-lifecycle-rules.html#image-lifecycle-rules-retention
 */
export async function readCompletions(
  { aws, clock }: UseCaseContext,
  { policyDetails }: LifecycleScope,
  images: LifecycleImage[],
): Promise<{ images: LifecycleImage[]; doubts: string[] }> {
  const limits = policyDetails.flatMap(({ filter }) =>
    filter.type === "AGE" ? [filter.value * UNIT_DAYS[filter.unit ?? "DAYS"] * DAY_MS] : [],
  );
  const isNear = ({ createdAt }: LifecycleImage) => {
    const ageMs = clock.now() - Date.parse(createdAt);
    return limits.some((limitMs) => ageMs > limitMs && ageMs <= limitMs + LONGEST_BUILD_MS);
  };
  const near = images.filter(isNear);
  const asked = new Set(near.slice(0, MOST_READ));
  let failure: string | undefined;
  const completed = await Promise.all(
    images.map(async (image) => {
      if (!asked.has(image)) return image;
      const { value, reason } = await unlessFailed(endOf(image.arn), undefined);
      failure ??= reason;
      return value ? { ...image, completedAt: value } : image;
    }),
  );
  const doubts = [
    ...(failure ? [`The ages of some images count from the start of their builds. ${failure}`] : []),
    ...(near.length > MOST_READ
      ? [`The ages of ${near.length - MOST_READ} images count from the start of their builds.`]
      : []),
  ];
  return { images: completed, doubts };

  async function endOf(imageBuildVersionArn: string): Promise<string | undefined> {
    const executions = await collectPages({
      load: async (nextToken) => {
        const command = new ListWorkflowExecutionsCommand({
          imageBuildVersionArn,
          maxResults: 25,
          nextToken,
        });
        const page = await aws.imageBuilder.read(command, { freshForMs: FRESH_FOR_MS });
        return { items: page.workflowExecutions, next: page.nextToken };
      },
    });
    return executions
      .flatMap(({ endTime }) => toInstant(endTime) ?? [])
      .toSorted()
      .at(-1);
  }
}
