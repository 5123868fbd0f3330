import type { BadgeTone } from "@/components/ui/status-badge";
import { countedIfAny } from "@/lib/core/words";
import type { Ami, AmiHolders, AmiOrigin, AmiUse } from "@/lib/fleet/amis/types";

const ALIAS_OF_STATE: Record<string, { tone: BadgeTone; word: string }> = {
  available: { tone: "ok", word: "Available" },
  disabled: { tone: "mute", word: "Disabled" },
  pending: { tone: "run", word: "Pending" },
  failed: { tone: "fail", word: "Failed" },
  error: { tone: "fail", word: "Error" },
};

/** The state of an AMI in AWS's word; a deprecated one can still be launched. */
export function stateOf({ state, deprecatedAt }: Pick<Ami, "state" | "deprecatedAt">, now: number) {
  if (state === "available" && deprecatedAt && Date.parse(deprecatedAt) <= now)
    return { tone: "wait" as const, word: "Deprecated" };
  return ALIAS_OF_STATE[state] ?? { tone: "mute" as const, word: state };
}

/** What made an AMI, in a word or two. */
export const originText = ({ by, ...rest }: AmiOrigin): string => {
  if (by === "image build") return "isByTag" in rest ? "Image build, by its tag" : "Image build";
  return { copy: "Copy", CreateImage: "CreateImage", "AWS Backup": "AWS Backup", "not known": "Not known" }[
    by
  ];
};

const USE_NOUNS: Record<AmiUse["kind"], [one: string, more: string]> = {
  instance: ["instance", "instances"],
  "auto-scaling-group": ["group", "groups"],
  "launch-template": ["launch template version", "launch template versions"],
  "launch-configuration": ["launch configuration", "launch configurations"],
  parameter: ["parameter", "parameters"],
  recipe: ["recipe", "recipes"],
};
export const USE_KINDS = Object.keys(USE_NOUNS) as AmiUse["kind"][];

/** "1 group", "3 instances". */
export const countText = (kind: AmiUse["kind"], count: number) =>
  `${count} ${USE_NOUNS[kind][count === 1 ? 0 : 1]}`;

/** A heading for uses of one kind. */
export const headingOf = (kind: AmiUse["kind"]) =>
  USE_NOUNS[kind][1].replace(/^\w/, (first) => first.toUpperCase());

/** How many uses there are in all; undefined where they were not read. */
export const usesOf = ({ used }: Pick<Ami, "used">): number | undefined =>
  used && Object.values(used).reduce((sum, count) => sum + count, 0);

/** With whom an AMI is shared, in a few words; undefined where that was not read. */
export function sharingText(holders: AmiHolders | undefined): string | undefined {
  if (!holders) return undefined;
  const { accounts, organizationArns, organizationalUnitArns, isPublic } = holders;
  const parts = [
    isPublic ? "public" : "",
    countedIfAny(accounts.length, "account"),
    countedIfAny(organizationArns.length, "organization"),
    countedIfAny(organizationalUnitArns.length, "unit"),
  ].filter(Boolean);
  return parts.length > 0 ? parts.join(", ") : "Not shared";
}

/** AWS's words of deregistration protection, and the time that it writes while a cooldown runs. */
export function protectionText(protection: string | undefined): string {
  if (protection === undefined) return "Not known";
  if (protection === "disabled") return "Off";
  if (protection === "enabled-without-cooldown") return "On";
  if (protection === "enabled-with-cooldown") return "On, with a cooldown of 24 hours";
  return `Off, ${protection}`;
}
