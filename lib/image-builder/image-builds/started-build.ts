import "server-only";
import { GetImageCommand } from "@aws-sdk/client-imagebuilder";
import { ConsoleFailure } from "@/lib/core/failure";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { keyOfBuild } from "./image-build-key";
import type { StartedBuild } from "./recent-builds";
import { toImageBuildSummary } from "./to-image-build-summary";
import type { ImageBuildSummary } from "./types";

/** A just-started build by its own ARN, or from the start call alone while AWS does not know it anywhere yet. */
export async function readStartedBuild(
  ctx: UseCaseContext,
  { arn, startedAtMs }: StartedBuild,
  pipelineName: string | undefined,
): Promise<ImageBuildSummary | undefined> {
  try {
    const { image } = await ctx.aws.imageBuilder.read(new GetImageCommand({ imageBuildVersionArn: arn }));
    return image && toImageBuildSummary(image, pipelineName);
  } catch (error) {
    if (!(error instanceof ConsoleFailure)) throw error;
    const key = keyOfBuild(arn);
    return (
      key && {
        ...key,
        arn,
        displayName: key.name,
        status: "PENDING",
        createdAt: new Date(startedAtMs).toISOString(),
        buildType: "USER_INITIATED",
        type: "AMI",
        amis: [],
        containers: [],
        pipelineName,
      }
    );
  }
}
