import { urls } from "@/lib/core/urls";
import type { EventKind, NoticeEvent } from "./types";

/** What a notice is about; times are ISO 8601. */
type About = { targetId: string; at: string };

/** A step of a running build that a person approves or rejects. */
export function waitingNotice({
  targetId,
  at,
  ...step
}: About & {
  name: string;
  build: string;
  pipeline?: string;
  step: string;
  description?: string;
  expiresAt?: string;
}): NoticeEvent {
  return {
    kinds: ["waits-for-approval"],
    targetId,
    names: [step.name],
    tone: "note",
    title: `${step.build} waits for approval`,
    lines: [
      ...(step.description ? [step.description] : []),
      "What to do: approve or reject the step. The build stops here until somebody does.",
    ],
    facts: [
      { name: "Step", value: step.step },
      ...factOf("Pipeline", step.pipeline),
      ...factOf("AWS fails it at", step.expiresAt),
    ],
    path: urls.approvals(targetId),
    thread: `${targetId} ${step.pipeline ?? step.name}`,
    at,
  };
}

/** https://docs.aws.amazon.com/imagebuilder/latest/userguide/integ-eventbridge.html: AWS disables after failures in a row. */
export function disabledNotice({
  targetId,
  at,
  pipeline,
  failures,
  reason,
  tags,
}: About & {
  pipeline: string;
  failures: number;
  reason?: string;
  tags?: Record<string, string>;
}): NoticeEvent {
  return {
    kinds: ["pipeline-disabled"],
    targetId,
    names: [pipeline],
    tags,
    tone: "bad",
    title: `AWS disabled the pipeline ${pipeline}`,
    lines: [
      `${failures} scheduled builds failed in a row. Its schedule starts no more builds.`,
      "What to do: fix the failure, run the pipeline once, then enable it again.",
    ],
    ...(reason && { evidence: reason }),
    facts: [],
    path: urls.pipeline(targetId, pipeline),
    thread: `${targetId} ${pipeline}`,
    at,
  };
}

/** The latest successful build is older than it may be. */
export function staleNotice({
  targetId,
  at,
  pipeline,
  latest,
  latestAt,
  days,
  tags,
}: About & {
  pipeline: string;
  latest: string;
  latestAt: string;
  days: number;
  tags?: Record<string, string>;
}): NoticeEvent {
  return {
    kinds: ["image-stale"],
    targetId,
    names: [pipeline],
    tags,
    tone: "note",
    title: `The latest image of ${pipeline} is stale`,
    lines: [
      `${latest} succeeded more than ${days} ${days === 1 ? "day" : "days"} ago, and no build has succeeded since.`,
      "What to do: run the pipeline, or see why its builds do not start or fail.",
    ],
    facts: [{ name: "Succeeded", value: latestAt }],
    path: urls.pipeline(targetId, pipeline),
    thread: `${targetId} ${pipeline}`,
    at,
  };
}

/** What people are told of a roll-out. */
export type RollOutMoment = "checkpoint" | "failed" | "rolled-back" | "done";

/** An instance refresh that was started in the console. */
export function rollOutNotice({
  targetId,
  at,
  moment,
  ...rollOut
}: About & {
  moment: RollOutMoment;
  id: string;
  group: string;
  region: string;
  names: string[];
  before: string;
  after: string;
  percentage: number;
  reason?: string;
  startedBy: string;
}): NoticeEvent {
  const { title, line, tone } = ROLL_OUT_WORDS[moment];
  return {
    kinds: [`roll-out-${moment}`],
    targetId,
    names: rollOut.names,
    tone,
    title: title(rollOut.group, rollOut.percentage),
    lines: [line],
    ...(rollOut.reason && { evidence: rollOut.reason }),
    facts: [
      { name: "From", value: rollOut.before },
      { name: "To", value: rollOut.after },
      { name: "Region", value: rollOut.region },
      { name: "Started by", value: rollOut.startedBy },
    ],
    path: urls.rollOut(targetId, rollOut.id),
    thread: `${targetId} roll-out ${rollOut.id}`,
    at,
  };
}

const ROLL_OUT_WORDS: Record<
  RollOutMoment,
  { title: (group: string, percentage: number) => string; line: string; tone: NoticeEvent["tone"] }
> = {
  checkpoint: {
    title: (group, percentage) => `The roll-out to ${group} waits at ${percentage}%`,
    line: "What to do: look at the new instances. AWS continues by itself once the wait of the checkpoint is over, unless you stop it.",
    tone: "note",
  },
  failed: {
    title: (group, percentage) => `The roll-out to ${group} failed at ${percentage}%`,
    line: "What was replaced stays. What to do: see why, then roll out again or return to the earlier version.",
    tone: "bad",
  },
  "rolled-back": {
    title: (group) => `The roll-out to ${group} was rolled back`,
    line: "AWS returned the group to the earlier version.",
    tone: "bad",
  },
  done: {
    title: (group) => `The roll-out to ${group} is done`,
    line: "Every instance runs the new version.",
    tone: "good",
  },
};

/** What people are told of a roll-out of several groups, beside what each group's own tells. */
export type SeriesMoment = "gate" | "refused" | "done";

/** Such a roll-out as a whole; `what` is the group that it is about, or how many groups there are. */
export function seriesNotice({
  targetId,
  at,
  moment,
  ...series
}: About & {
  moment: SeriesMoment;
  id: string;
  what: string;
  names: string[];
  reason: string | undefined;
  startedBy: string;
}): NoticeEvent {
  const { kind, title, line, tone } = SERIES_WORDS[moment];
  return {
    kinds: [kind],
    targetId,
    names: series.names,
    tone,
    title: title(series.what),
    lines: [line],
    ...(series.reason && { evidence: series.reason }),
    facts: [{ name: "Started by", value: series.startedBy }],
    path: urls.rollOutSeries(targetId, series.id),
    thread: `${targetId} roll-out ${series.id}`,
    at,
  };
}

const SERIES_WORDS: Record<
  SeriesMoment,
  { kind: EventKind; title: (what: string) => string; line: string; tone: NoticeEvent["tone"] }
> = {
  gate: {
    kind: "roll-out-gate",
    title: (what) => `The roll-out to ${what} waits for a person`,
    line: "The groups before it are done. What to do: look at them, then start this group, skip it, or end the roll-out.",
    tone: "note",
  },
  refused: {
    kind: "roll-out-failed",
    title: (what) => `The roll-out to ${what} could not be started`,
    line: "The groups after it wait. What to do: see why, then start this group again, skip it, or end the roll-out.",
    tone: "bad",
  },
  done: {
    kind: "roll-out-done",
    title: (what) => `The roll-out to ${what} is done`,
    line: "Every group that was not skipped runs its new version.",
    tone: "good",
  },
};

/** The console cannot read the account, or has not for a while; `isOver` once it can again. */
export function syncNotice({
  targetId,
  at,
  kind,
  reason,
  isOver,
}: About & { kind: "aws-refuses" | "sync-behind"; reason: string; isOver: boolean }): NoticeEvent {
  return {
    kinds: [kind],
    targetId,
    names: [],
    tone: isOver ? "good" : "bad",
    title: isOver
      ? "The console reads AWS again"
      : kind === "aws-refuses"
        ? "AWS refuses the console"
        : "The console is behind",
    lines: isOver
      ? ["Events that happened meanwhile follow."]
      : [
          kind === "aws-refuses"
            ? "Builds are not followed, and no other event is noticed, until this is fixed."
            : "Builds have not been read for 15 minutes. Events come late until this is over.",
          "What to do: see the reason below and the Settings page.",
        ],
    ...(!isOver && { evidence: reason }),
    facts: [],
    path: urls.settings(targetId),
    thread: `${targetId} sync`,
    at,
  };
}

const factOf = (name: string, value: string | undefined) => (value ? [{ name, value }] : []);
