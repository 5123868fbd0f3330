import {
  disabledNotice,
  rollOutNotice,
  seriesNotice,
  staleNotice,
  syncNotice,
  waitingNotice,
} from "./notices";
import type { BuildEvent, ConsoleEvent, EventKind } from "./types";

/** An event of each kind as it could be, for the preview of a message. `at` is ISO 8601. */
export function sampleEvent(kind: EventKind, targetId: string, at: string): ConsoleEvent {
  const about = { targetId, at };
  switch (kind) {
    case "waits-for-approval":
      return waitingNotice({
        ...about,
        name: "web-base",
        build: "web-base 1.4.0/7",
        pipeline: "web-base",
        step: "ApproveHardening",
        description: "Check the test report.",
      });
    case "pipeline-disabled":
      return disabledNotice({
        ...about,
        pipeline: "web-base",
        failures: 5,
        reason: "A command isn't installed on the base image.",
      });
    case "image-stale":
      return staleNotice({
        ...about,
        pipeline: "web-base",
        latest: "web-base 1.4.0/6",
        latestAt: at,
        days: 14,
      });
    case "roll-out-gate":
      return seriesNotice({
        ...about,
        moment: "gate",
        id: "00000000-0000-4000-8000-000000000000",
        what: "web",
        names: ["web-base"],
        reason: undefined,
        startedBy: "Dana Kim",
      });
    case "roll-out-checkpoint":
    case "roll-out-failed":
    case "roll-out-rolled-back":
    case "roll-out-done":
      return rollOutNotice({
        ...about,
        moment: MOMENTS[kind],
        id: "00000000-0000-4000-8000-000000000000",
        group: "web",
        region: "us-east-1",
        names: ["web-base"],
        before: "version 11 (web-base 1.4.0/6)",
        after: "version 12 (web-base 1.4.0/7)",
        percentage: kind === "roll-out-done" ? 100 : 50,
        reason: kind === "roll-out-failed" ? "The alarm web-5xx is in ALARM." : undefined,
        startedBy: "Dana Kim",
      });
    case "aws-refuses":
    case "sync-behind":
      return syncNotice({
        ...about,
        kind,
        reason: "The role is not allowed to use imagebuilder:ListImages.",
        isOver: false,
      });
    default:
      return sampleBuild(kind, about);
  }
}

const MOMENTS = {
  "roll-out-checkpoint": "checkpoint",
  "roll-out-failed": "failed",
  "roll-out-rolled-back": "rolled-back",
  "roll-out-done": "done",
} as const;

function sampleBuild(kind: EventKind, { targetId, at }: { targetId: string; at: string }): BuildEvent {
  const hasFailed = kind === "build-failed" || kind === "first-failure";
  return {
    kinds: hasFailed ? ["build-failed", kind] : ["build-succeeded", kind],
    targetId,
    arn: "",
    image: { name: "web-base", displayName: "web-base", version: "1.4.0", build: "7" },
    pipeline: "web-base",
    endedAt: at,
    startedBy: "Dana Kim",
    ...(hasFailed
      ? {
          cause: "A command isn't installed on the base image",
          fix: "Install the package in an earlier component, or choose a base image that has it.",
          evidence: { text: "line 9: aide: command not found", line: 1204 },
          stage: "BUILD",
          step: "HardenSsh",
          amis: [],
        }
      : { amis: [{ region: "us-east-1", amiId: "ami-0123456789abcdef0" }] }),
    findings: { critical: kind === "critical-findings" ? 3 : 0, high: 5 },
  };
}
