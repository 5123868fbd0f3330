import { withShortArns } from "@/lib/core/arn";
import type { ImageBuildStatus } from "./types";

/** How a status is drawn: color means one of these five and nothing else. */
export type Tone = "run" | "ok" | "fail" | "wait" | "mute";

const IN_FLIGHT = new Set<string>([
  "PENDING",
  "CREATING",
  "BUILDING",
  "TESTING",
  "DISTRIBUTING",
  "INTEGRATING",
]);
const TONES: Record<string, Tone> = {
  AVAILABLE: "ok",
  FAILED: "fail",
  CANCELLED: "mute",
  DEPRECATED: "mute",
  DISABLED: "mute",
  DELETED: "mute",
};

/** True while AWS still works on the build. */
export const isInFlight = (status: ImageBuildStatus): boolean => IN_FLIGHT.has(status);

/** CancelImageCreation takes any build that has not ended. */
export const canCancel = isInFlight;

const RETRIED_STAGES = new Set(["TESTING", "DISTRIBUTING", "INTEGRATING"]);

/**
 * Whether RetryImage resumes the build: an AMI build that failed once its AMI was there, in test, distribution or
 * integration. https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_RetryImage.html
 */
export const canRetry = ({
  status,
  type,
  failure,
}: {
  status: ImageBuildStatus;
  type: string;
  failure?: { stage?: string };
}): boolean => status === "FAILED" && type === "AMI" && RETRIED_STAGES.has(failure?.stage ?? "");

/** A status that we do not know is drawn muted, never refused. */
export const toneOf = (status: ImageBuildStatus): Tone =>
  isInFlight(status) ? "run" : (TONES[status] ?? "mute");

/**
 * What a reason says once AWS's own wrapping is off: ids of executions and jobs say nothing to a reader of a list.
 * The whole reason stands on the build's page.
 */
export const shortReason = (reason: string): string =>
  withShortArns(
    reason
      .replace(/^Workflow Execution ID: '[^']*' failed with reason: /, "")
      .replace(/^SSM execution '[^']*' failed with status = '[^']*'.*? and failure message = '/, "")
      .replace(
        /^(Integration|Distribution) failed with JobId '[^']*', status = '[^']*' for ARN '[^']*'\. ?/,
        "$1 failed. ",
      )
      .replace(/^An error occurred \((\w+)\) when calling the \w+ operation(?: \([^)]*\))?: /, "$1: "),
  );

const STARTED_BY: Record<string, string> = {
  USER_INITIATED: "manually",
  SCHEDULED: "by schedule",
  IMPORT: "by import",
  IMPORT_ISO: "by import",
};

/** How a build began, in words; a type that AWS adds is given as it is. */
export const startedBy = (buildType: string | undefined): string =>
  buildType === undefined ? "" : (STARTED_BY[buildType] ?? buildType);
