import type { LogEvent } from "../types";

/** Where a log is in CloudWatch Logs. */
export type LogPlace = { group: string; stream: string };

/** One stream of CloudWatch Logs and the build that writes it. Both throw `ConsoleFailure`. */
export interface LogSource {
  place: LogPlace;
  /** The events after `token`, or the first ones. The end is reached when `next` is the token that was sent. */
  readPage(token: string | undefined): Promise<{ events: LogEvent[]; next: string }>;
  /** Whether the build that writes the log has ended. */
  hasEnded(): Promise<boolean>;
}
