import "server-only";
import { GetLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { ConsoleFailure } from "@/lib/core/failure";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import type { ImageBuild } from "./types";

/** The line with which a build says what its parent image came to; it is among the first. */
const RESOLVED = /parent image \S+ to AMI (ami-[0-9a-f]+)/;
const FIRST_EVENTS = 30;
const FRESH_FOR_MS = 60_000;

/** The AMI that a build began from. Only its log says so: undefined without one. Throws `access-denied`. */
export async function readBaseAmi(
  { aws }: UseCaseContext,
  { log }: Pick<ImageBuild, "log">,
): Promise<string | undefined> {
  const command = new GetLogEventsCommand({
    logGroupName: log.group,
    logStreamName: log.stream,
    startFromHead: true,
    limit: FIRST_EVENTS,
  });
  try {
    const { events = [] } = await aws.logs.read(command, { freshForMs: FRESH_FOR_MS });
    for (const { message = "" } of events) {
      const [, ami] = RESOLVED.exec(message) ?? [];
      if (ami) return ami;
    }
  } catch (error) {
    if (!(error instanceof ConsoleFailure) || !NO_LOG.has(error.detail.code)) throw error;
  }
  return undefined;
}

/** `invalid`: a name that no log group can have. */
const NO_LOG = new Set<string>(["not-found", "invalid"]);
