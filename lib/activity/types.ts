import type { UnreadAccount } from "@/lib/core/target";

/** A change is one that this console made or refused; builds and roll-outs are there once they have ended. */
export const ACTIVITY_KINDS = ["change", "build", "roll-out"] as const;
export type ActivityKind = (typeof ACTIVITY_KINDS)[number];

export const ACTIVITY_OUTCOMES = [
  "succeeded",
  "failed",
  "canceled",
  "rolled back",
  "refused",
  "not known",
] as const;
export type ActivityOutcome = (typeof ACTIVITY_OUTCOMES)[number];

export type ActivityEntry = {
  /** The same for ever, such as `build-17`. */
  id: string;
  kind: ActivityKind;
  /** ISO 8601, UTC: when it was done, or ended. */
  at: string;
  /** Absent where nobody is known to have started it, as with a schedule. */
  who?: string;
  /** In a few words, with the name of what it is about. */
  title: string;
  outcome: ActivityOutcome;
  /** Why, in AWS's words or ours. */
  detail?: string;
  /** Path of the page that shows more. */
  href?: string;
};

/** As it stands in the URL: every member is text, an empty one is no filter. */
export type ActivityFilter = {
  kind?: string;
  /** Part of a person's name or ID. */
  who?: string;
  outcome?: string;
  /** Part of the name of a resource, pipeline, image or Auto Scaling group. */
  name?: string;
};
export const ACTIVITY_FILTERS = [
  "kind",
  "who",
  "outcome",
  "name",
] as const satisfies (keyof ActivityFilter)[];

export type ActivityPage = {
  /** Latest first. */
  entries: ActivityEntry[];
  /** Give it as `from` for older ones; absent on the last page. */
  next?: string;
  /** Why changes are not among them; absent where they are. */
  changesHidden?: string;
  /** When builds were read from AWS last, ISO 8601; absent before the first time. */
  buildsAsOf?: string;
  /** Why builds could not be read since. */
  buildsBehind?: string;
};

export type AllActivity = {
  /** Latest first, each with the ID of its target. */
  entries: (ActivityEntry & { target: string })[];
  /** There is more, on the pages of the accounts. */
  isCut: boolean;
  /** In how many accounts the viewer may not read changes. */
  changesHidden?: { accounts: number; of: number };
  /** Accounts whose builds could not be read since. */
  behind: { target: string; reason: string }[];
  unread: UnreadAccount[];
};

export type ScheduledRun = {
  pipeline: string;
  /** ISO 8601, UTC. */
  at: string;
  /** The schedule in words. */
  words: string;
  /** It starts only if the recipe's dependencies have updates. */
  onlyWithUpdates: boolean;
  /** When the pipeline was changed last, ISO 8601. */
  changedAt?: string;
};
