import {
  followsNewest,
  followsNewestOfAll,
  parseImageBuilderArn,
  stemOf,
  withShortArns,
} from "@/lib/core/arn";
import { canonicalText } from "@/lib/core/canonical-text";
import { capitalize } from "@/lib/core/words";
import { isJsonObject } from "./json-object";
import type { Json, JsonObject } from "./types";

/**
 * One difference as a person says it. `what` is the member or the item, `before` absent of what was added, `after` of
 * what was removed. `moved`: the same items in another order.
 */
export type ChangeInWords = {
  kind: "added" | "removed" | "changed" | "moved";
  what: string;
  before?: string;
  after?: string;
};

/** What tells the items of a list apart, with the noun for them; the first member that an item has counts. */
const IDENTITY: [member: string, noun: string][] = [
  ["componentArn", "Component"],
  ["workflowArn", "Workflow"],
  ["region", "Region"],
  ["deviceName", "Volume"],
  ["accountId", "Account"],
  ["launchTemplateId", "Launch template"],
  ["parameterName", "Parameter"],
  ["semanticVersion", "Version"],
  ["name", ""],
  ["key", ""],
];
/** Bytes of one text. */
const MOST_TEXT = 300;
/** Of one text so many lines are compared; more are no use in a sentence. */
const MOST_LINES = 10_000;

/**
 * What a full replacement of `before` by `after` changes, in words, in the order of `after`. Items of a list are
 * recognized by their Region, ARN, device or name, so that one that was added in front is one change. Empty only where
 * both are equal; the order of an object's members is no difference.
 */
export const changesInWords = (before: JsonObject, after: JsonObject): ChangeInWords[] =>
  changesOf([], before, after);

/** A member in words, or a name that somebody chose, which stays as it is. */
type Part = string | { name: string };

function changesOf(place: Part[], before: Json | undefined, after: Json | undefined): ChangeInWords[] {
  if (isEqual(before, after)) return [];
  if (before === undefined || after === undefined) return [oneSided(place, before, after)];
  if (Array.isArray(before) && Array.isArray(after)) return listChanges(place, before, after);
  if (isJsonObject(before) && isJsonObject(after)) {
    const names = [...new Set([...Object.keys(after), ...Object.keys(before)])];
    return names.flatMap((name) => {
      // The item is called by its ARN already: what can change there is the version.
      const part = VERSIONED.has(name) ? [] : [partOf(place, name)];
      return changesOf([...place, ...part], own(before, name), own(after, name));
    });
  }
  const isText = typeof before === "string" && typeof after === "string";
  if (isText && (before.includes("\n") || after.includes("\n"))) return [textChange(place, before, after)];
  const [was, is] = [valueWords(before), valueWords(after)];
  // Two values that read alike, such as 1 and "1", or two long texts with one beginning.
  const told = was === is ? [JSON.stringify(before), JSON.stringify(after)] : [was, is];
  return [
    { kind: "changed", what: said(place), before: bounded(told[0] ?? ""), after: bounded(told[1] ?? "") },
  ];
}

function oneSided(place: Part[], before: Json | undefined, after: Json | undefined): ChangeInWords {
  return before === undefined
    ? { kind: "added", what: said(place), after: bounded(valueWords(after)) }
    : { kind: "removed", what: said(place), before: bounded(valueWords(before)) };
}

const VERSIONED = new Set(["componentArn", "workflowArn"]);

/** Keys of tags are names that somebody chose. */
function partOf(place: Part[], member: string): Part {
  const last = place.at(-1);
  return typeof last === "string" && /\btags$/i.test(last) ? { name: member } : memberWords(member);
}

type Item = { id: string; words: string; value: Json };

function listChanges(place: Part[], before: Json[], after: Json[]): ChangeInWords[] {
  const [old, now] = [itemsOf(before), itemsOf(after)];
  const [oldIds, nowIds] = [new Map(old.map((item) => [item.id, item])), new Set(now.map(({ id }) => id))];
  const changes = now.flatMap((item) => {
    const was = oldIds.get(item.id);
    return changesOf(placeOf(place, item), was?.value, item.value);
  });
  const removed = old
    .filter(({ id }) => !nowIds.has(id))
    .map((item) => oneSided(placeOf(place, item), item.value, undefined));
  const stays = now.filter(({ id }) => oldIds.has(id));
  const stood = old.filter(({ id }) => nowIds.has(id));
  const isMoved = stays.some(({ id }, index) => stood[index]?.id !== id);
  const words = (items: Item[]) =>
    bounded(items.map((item) => item.words || valueWords(item.value)).join(", "));
  return [
    ...changes,
    ...removed,
    ...(isMoved
      ? [
          {
            kind: "moved" as const,
            what: said([...place, "order"]),
            before: words(stood),
            after: words(stays),
          },
        ]
      : []),
  ];
}

/** What has a noun of its own, such as a Region, stands for itself; other items stand below their list. */
const placeOf = (place: Part[], { words }: Item): Part[] =>
  words === "" ? place : place.length < 2 ? [words] : [...place, words];

/** The items of a list with what tells them apart; two that look the same are counted. */
function itemsOf(list: Json[]): Item[] {
  const seen = new Map<string, number>();
  return list.map((value) => {
    const { id, words } = identityOf(value);
    const count = (seen.get(id) ?? 0) + 1;
    seen.set(id, count);
    return { id: `${id}#${count}`, words, value };
  });
}

function identityOf(value: Json): { id: string; words: string } {
  if (!isJsonObject(value)) return { id: JSON.stringify(value), words: "" };
  for (const [member, noun] of IDENTITY) {
    const name = own(value, member);
    if (typeof name !== "string" || name === "") continue;
    return { id: `${member} ${stemOf(name)}`, words: `${noun} ${shortName(name)}`.trim() };
  }
  return { id: "", words: "" };
}

const shortName = (text: string): string => {
  const arn = parseImageBuilderArn(text);
  return arn ? arn.name : text;
};

function textChange(place: Part[], before: string, after: string): ChangeInWords {
  const count = (text: string) => {
    const lines = new Map<string, number>();
    for (const line of text.split("\n", MOST_LINES)) lines.set(line, (lines.get(line) ?? 0) + 1);
    return lines;
  };
  const [old, now] = [count(before), count(after)];
  const more = (a: Map<string, number>, b: Map<string, number>) =>
    [...a].reduce((sum, [line, times]) => sum + Math.max(0, times - (b.get(line) ?? 0)), 0);
  const [added, removed] = [more(now, old), more(old, now)];
  const parts = [
    ...(added > 0 ? [`${added} ${added === 1 ? "line" : "lines"} added`] : []),
    ...(removed > 0 ? [`${removed} ${removed === 1 ? "line" : "lines"} removed`] : []),
  ];
  return { kind: "changed", what: said(place), after: parts.join(", ") || "lines in another order" };
}

/** A value in one line: lists by commas, objects by member. */
function valueWords(value: Json | undefined): string {
  if (value === undefined || value === null) return "none";
  if (value === true) return "yes";
  if (value === false) return "no";
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return value === "" ? "empty" : arnWords(value);
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.map(valueWords).join(", ");
  const [identity = ""] = IDENTITY.find(([member]) => typeof own(value, member) === "string") ?? [];
  // Of an item that is called by its name, the name is not said twice.
  const rest = Object.entries(value).filter(([name], _, { length }) => name !== identity || length === 1);
  const members = rest.map(([name, each]) => `${lowerFirst(memberWords(name))} ${inner(each)}`);
  return members.length === 0 ? "none" : members.join(", ");
}

const inner = (value: Json): string => (isJsonObject(value) ? `(${valueWords(value)})` : valueWords(value));

function arnWords(text: string): string {
  const arn = parseImageBuilderArn(text);
  if (arn && followsNewest(arn.version)) return `${arn.name}, latest${latestOf(arn.version)}`;
  return withShortArns(text).replaceAll(/\s+/g, " ");
}

const latestOf = (version = ""): string => (followsNewestOfAll(version) ? "" : ` ${version}`);

const UPPER = new Set([
  "ami",
  "arn",
  "cpu",
  "ebs",
  "ecr",
  "http",
  "iam",
  "id",
  "iops",
  "kms",
  "s3",
  "sns",
  "ssm",
  "uri",
  "url",
  "vpc",
]);
const PLURALS: Record<string, string> = { ids: "IDs", arns: "ARNs", amis: "AMIs", ous: "OUs" };
const NAMES: Record<string, string> = {
  amiDistributionConfiguration: "AMI",
  parentImage: "Base image",
  data: "Document",
  userIds: "Accounts",
  targetAccountIds: "Target accounts",
};

/** "instanceMetadataOptions" as "Instance metadata options". */
function memberWords(member: string): string {
  const known = Object.hasOwn(NAMES, member) ? NAMES[member] : undefined;
  if (known) return known;
  const isWord = /^[a-zA-Z][a-zA-Z0-9]{0,80}$/.test(member);
  // A tag's key, or a name that somebody chose.
  if (!isWord || /^[A-Z]/.test(member)) return member === "" ? '""' : member;
  const words = member
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .split(" ")
    .map((word) => word.toLowerCase())
    .filter((word, index, all) => !(word === "arn" && index === all.length - 1 && index > 0))
    .map((word) =>
      UPPER.has(word) ? word.toUpperCase() : Object.hasOwn(PLURALS, word) ? PLURALS[word] : word,
    );
  const [first = "", ...rest] = words;
  return [capitalize(first), ...rest].join(" ");
}

const lowerFirst = (text: string) => text.replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase());

const said = (place: Part[]): string => {
  const words = place.map((part, index) =>
    typeof part !== "string" ? part.name : index === 0 ? part : lowerFirst(part),
  );
  return bounded(words.join(", ") || "Everything");
};
const bounded = (text: string): string => canonicalText(text, MOST_TEXT);

const own = (value: JsonObject, member: string): Json | undefined =>
  Object.hasOwn(value, member) ? value[member] : undefined;

function isEqual(one: Json | undefined, other: Json | undefined): boolean {
  if (one === other) return true;
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((value, index) => isEqual(value, other[index]));
  if (!isJsonObject(one) || !isJsonObject(other)) return false;
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && isEqual(own(one, name), own(other, name)))
  );
}
