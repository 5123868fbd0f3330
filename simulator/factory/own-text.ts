import { amiNameOf } from "./ami-name";
import { hexId, uuidOf } from "./deterministic";
import type { BuildInput } from "./types";

/**
 * What is a build's own in the texts of a timeline: ids, its ARN, the names of its AMIs. A shared timeline holds
 * marks instead, which are filled in for the build that is asked about.
 */
const MARK = "\uE003";
const MARKED = /\uE003(\w+):([^\uE003]*)\uE003/g;

type Kind = "hex16" | "uuid" | "arn" | "parent" | "number" | "name";

/** Whose texts are written: a build, or all builds that share a timeline. */
export interface Owner {
  input: BuildInput;
  /** The texts hold marks for what is the build's own, so that others may use the timeline. */
  isShared: boolean;
  /** What happens may depend on what is the build's own: no other build may use the timeline. */
  isOwn: boolean;
}

/** 16 hexadecimal digits for a key. */
export const ownHex = (play: Owner, key: string): string => own(play, "hex16", key);
export const ownUuid = (play: Owner, key: string): string => own(play, "uuid", key);
export const ownArn = (play: Owner): string => own(play, "arn", "");
export const ownNumber = (play: Owner): string => own(play, "number", "");
export const ownAmiName = (play: Owner, pattern?: string): string =>
  own(play, "name", pattern === undefined ? "" : `=${pattern}`);

/** The AMI that the recipe's parent image stood for. */
export function ownParent(play: Owner): string | undefined {
  return play.input.parentImage.amiId === undefined ? undefined : own(play, "parent", "");
}

function own(play: Owner, kind: Kind, key: string): string {
  // What is made from something own cannot be marked within its mark.
  if (key.includes(MARK)) play.isOwn = true;
  return play.isShared ? `${MARK}${kind}:${key}${MARK}` : textFor(kind, key, play.input);
}

/** The text as the build has it. */
function fillIn(text: string, input: BuildInput): string {
  return text.includes(MARK)
    ? text.replaceAll(MARKED, (_, kind: Kind, key: string) => textFor(kind, key, input))
    : text;
}

function textFor(kind: Kind, key: string, input: BuildInput): string {
  switch (kind) {
    case "hex16":
      return hexId(`${input.seed}/${key}`, 16);
    case "uuid":
      return uuidOf(`${input.seed}/${key}`);
    case "arn":
      return input.imageArn;
    case "parent":
      return input.parentImage.amiId ?? "";
    case "number":
      return String(input.buildNumber);
    case "name":
      return amiNameOf(input, key === "" ? undefined : key.slice(1));
  }
}

/** The same for every text within a value. */
export function fillInAll<Value>(value: Value, input: BuildInput): Value {
  if (typeof value === "string") return fillIn(value, input) as Value;
  if (Array.isArray(value)) return value.map((item) => fillInAll(item, input)) as Value;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, fillInAll(item, input)]),
  ) as Value;
}
