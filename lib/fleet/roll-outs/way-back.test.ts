import { describe, expect, it } from "vitest";
import type { RollOutPreview, RollOutVersion } from "./types";
import { wayBackOf } from "./way-back";

const version = (number: number, over: Partial<RollOutVersion> = {}): RollOutVersion => ({
  number,
  amiId: `ami-0000000${number}`,
  ami: "available",
  ...over,
});
type Group = Pick<RollOutPreview, "template" | "versions" | "current" | "running">;
const group = (
  follows: string,
  current: number,
  running: number,
  versions = [version(2), version(1)],
): Group => ({
  template: { id: "lt-1", name: "web", follows, isMixed: false, hasOwnOverrides: false },
  versions,
  current,
  running,
});

type Row = [
  name: string,
  group: Group,
  pin: boolean,
  expected: { isPossible: boolean; to?: number; pinTo?: number },
];

/** The group is brought to version 2, whatever it is. */
const ROWS: Row[] = [
  ["a number", group("1", 1, 1), false, { isPossible: true, to: 1 }],
  ["$Default, left as it is", group("$Default", 1, 1), false, { isPossible: false, to: 1, pinTo: 1 }],
  ["$Default, set to its number", group("$Default", 1, 1), true, { isPossible: true, to: 1, pinTo: 1 }],
  [
    "$Latest that has moved on: what runs is the way back",
    group("$Latest", 2, 1),
    true,
    { isPossible: true, to: 1, pinTo: 1 },
  ],
  [
    "$Latest that has moved on, left as it is",
    group("$Latest", 2, 1),
    false,
    { isPossible: false, to: 1, pinTo: 1 },
  ],
  [
    "a number that is set already, with old instances",
    group("2", 2, 1),
    true,
    { isPossible: true, to: 1, pinTo: 1 },
  ],
  [
    "a number that is set already, left as it is",
    group("2", 2, 1),
    false,
    { isPossible: false, to: 1, pinTo: 1 },
  ],
  ["everything runs it already", group("2", 2, 2), true, { isPossible: false, to: 2 }],
  [
    "an AMI that is gone",
    group("1", 1, 1, [version(2), version(1, { ami: "gone" })]),
    true,
    { isPossible: false, to: 1 },
  ],
  [
    "a disabled AMI",
    group("1", 1, 1, [version(2), version(1, { ami: "not available" })]),
    true,
    { isPossible: false, to: 1 },
  ],
  [
    "an AMI of which nothing is known: AWS decides",
    group("1", 1, 1, [version(2), version(1, { ami: "not known" })]),
    false,
    { isPossible: true, to: 1 },
  ],
  [
    "a parameter before",
    group("1", 1, 1, [version(2), version(1, { parameter: "/images/web" })]),
    true,
    { isPossible: false, to: 1 },
  ],
  [
    "a parameter that moves",
    group("2", 2, 2, [version(2, { parameter: "/images/web" })]),
    true,
    { isPossible: false, to: 2 },
  ],
  ["no launch template", { versions: [] }, true, { isPossible: false }],
];

describe("the way back of a roll-out", () => {
  it.each(ROWS)("%s", (_name, given, pin, expected) => {
    const { why, ami: _ami, ...found } = wayBackOf(given, { version: 2 }, pin);
    expect(found).toEqual(expected);
    expect(why).toMatch(/\.$/);
  });
});
