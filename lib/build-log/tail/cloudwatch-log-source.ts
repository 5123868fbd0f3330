import "server-only";
import { GetLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { GetImageCommand } from "@aws-sdk/client-imagebuilder";
import type { AwsAccess } from "@/lib/aws/types";
import { isInFlight } from "@/lib/image-builder/image-builds/build-status";
import type { LogPlace, LogSource } from "./log-source";

/**
 * Reads a build's stream with forward tokens: only they find events that arrive late or with equal times.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html
 */
export const cloudWatchLogSource = (aws: AwsAccess, place: LogPlace, imageArn: string): LogSource => ({
  place,
  async readPage(token) {
    const command = new GetLogEventsCommand({
      logGroupName: place.group,
      logStreamName: place.stream,
      startFromHead: true,
      nextToken: token,
    });
    const { events = [], nextForwardToken } = await aws.logs.read(command, { freshForMs: 0 });
    return {
      events: events.map(({ timestamp = 0, message = "" }) => ({ timestamp, message })),
      next: nextForwardToken ?? token ?? "",
    };
  },
  async hasEnded() {
    const command = new GetImageCommand({ imageBuildVersionArn: imageArn });
    const { image } = await aws.imageBuilder.read(command);
    return !isInFlight(image?.state?.status ?? "");
  },
});
