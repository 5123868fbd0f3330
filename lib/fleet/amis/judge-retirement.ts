import { counted } from "@/lib/core/words";
import type { AmiDetail } from "./types";

/** One thing that a step of retiring an AMI does to others: `stops` something, is to be known, or is harmless. */
export type Effect = { kind: "stops" | "note" | "fine"; text: string };
export type RetireStep = { possible: { can: true } | { can: false; why: string }; effects: Effect[] };
export type RetireSteps = { hide: RetireStep; stop: RetireStep; remove: RetireStep };

/** What the steps are judged by: the AMI's page without what it only shows. */
type Judged = Pick<
  AmiDetail,
  | "isOwn"
  | "state"
  | "deprecatedAt"
  | "protection"
  | "holders"
  | "uses"
  | "used"
  | "rollOuts"
  | "snapshots"
  | "usage"
>;

const list = (names: string[]): string => {
  const most = 3;
  const shown = [...new Set(names)];
  return shown.length > most
    ? `${shown.slice(0, most).join(", ")} and ${shown.length - most} more`
    : shown.join(", ");
};

/**
 * AWS's three steps of retiring an AMI, each with whether it can be taken now, what it stops, and what comes back.
 * `now`: epoch milliseconds. https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/disable-an-ami.html
 */
export function judgeRetirement(ami: Judged, now: number): RetireSteps {
  return { hide: judgeHide(ami, now), stop: judgeStop(ami), remove: judgeRemove(ami) };
}

const NOT_OWN = { can: false as const, why: "Only its owner can retire it." };

function judgeHide({ isOwn, state, deprecatedAt, usage }: Judged, now: number): RetireStep {
  const others = "report" in usage ? (usage.report?.entries.length ?? 0) : 0;
  return {
    possible: !isOwn
      ? NOT_OWN
      : state !== "available"
        ? { can: false, why: "Only an available AMI can be deprecated." }
        : deprecatedAt !== undefined && Date.parse(deprecatedAt) <= now
          ? { can: false, why: "It is deprecated already." }
          : { can: true },
    effects: [
      { kind: "note", text: "Other accounts no longer find it in lists. It still launches by its ID." },
      {
        kind: "fine",
        text: others > 0 ? "Nothing stops, not in other accounts either." : "Nothing stops.",
      },
      { kind: "fine", text: "Reversible. Nothing is lost." },
    ],
  };
}

function judgeStop({ isOwn, state, holders, uses, used, rollOuts }: Judged): RetireStep {
  const of = (kind: (typeof uses)[number]["kind"]) =>
    uses.filter((use) => use.kind === kind).map(({ name }) => name);
  const groups = of("auto-scaling-group");
  const starts = [...of("launch-template"), ...of("launch-configuration"), ...of("parameter")];
  const recipes = of("recipe");
  const shared = holders
    ? holders.accounts.length + holders.organizationArns.length + holders.organizationalUnitArns.length
    : 0;
  const effects: Effect[] = [
    { kind: "note", text: "No new instance starts from it. Running instances continue." },
    ...(groups.length > 0
      ? [
          {
            kind: "stops" as const,
            text: `${list(groups)} couldn’t scale out or replace an unhealthy instance.`,
          },
        ]
      : []),
    ...(starts.length > 0
      ? [{ kind: "stops" as const, text: `Launches with ${list(starts)} would fail.` }]
      : []),
    ...(recipes.length > 0
      ? [{ kind: "stops" as const, text: `Builds of ${list(recipes)} would fail.` }]
      : []),
    ...(rollOuts.length > 0
      ? [
          {
            kind: "stops" as const,
            text: `The roll-out to ${list(rollOuts.map(({ group }) => group))} couldn’t go back to it. Wait until it ends.`,
          },
        ]
      : []),
    ...(used === undefined
      ? [{ kind: "note" as const, text: "Its uses in this account are not known." }]
      : groups.length + starts.length + recipes.length === 0
        ? [{ kind: "fine" as const, text: "Nothing in this account would start from it." }]
        : []),
    ...(holders?.isPublic ? [{ kind: "stops" as const, text: "It is no longer public." }] : []),
    shared > 0
      ? {
          kind: "note" as const,
          text: `AWS ends the sharing with ${counted(shared, "account, organization, or unit", "accounts, organizations, or units")}. It is kept here, and restored with the AMI.`,
        }
      : { kind: "fine" as const, text: "Reversible." },
  ];
  const possible: RetireStep["possible"] = !isOwn
    ? NOT_OWN
    : state === "disabled"
      ? { can: false, why: "It is disabled already." }
      : state !== "available"
        ? { can: false, why: "Only an available AMI can be disabled." }
        : holders === undefined
          ? { can: false, why: "Its sharing could not be read, so it could not be restored later." }
          : { can: true };
  return { possible, effects };
}

function judgeRemove({ isOwn, state, protection, uses, used, snapshots }: Judged): RetireStep {
  const running = uses.filter(({ kind }) => kind === "instance").length;
  const possible: RetireStep["possible"] = !isOwn
    ? NOT_OWN
    : state !== "disabled"
      ? { can: false, why: "Stop launches first: that can be undone." }
      : protection?.startsWith("enabled")
        ? {
            can: false,
            why: `Deregistration protection is on${protection === "enabled-with-cooldown" ? ", and lasts 24 hours after it is turned off" : ""}.`,
          }
        : { can: true };
  return {
    possible,
    effects: [
      {
        kind: "note",
        text:
          used === undefined
            ? "The AMI is gone. How many instances run it is not known; they continue."
            : running > 0
              ? `The AMI is gone. ${counted(running, "instance")} that ${running === 1 ? "runs" : "run"} it ${running === 1 ? "continues" : "continue"}.`
              : "The AMI is gone. No instance runs it.",
      },
      ...(snapshots.length > 0
        ? [
            {
              kind: "note" as const,
              text: `${counted(snapshots.length, "snapshot")}: delete or keep. One that another AMI uses stays in any case.`,
            },
          ]
        : []),
      {
        kind: "stops",
        text: "It comes back only from the Recycle Bin, if a retention rule of this Region covers it. Whether one does is not known here.",
      },
    ],
  };
}
