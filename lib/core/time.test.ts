import { describe, expect, it } from "vitest";
import { describeDuration, describeInstant, describeRelative } from "./time";

const now = Date.parse("2026-11-21T12:00:00Z");

describe("times as people read them", () => {
  it.each([
    ["2026-11-21T11:59:50Z", "just now"],
    ["2026-11-21T11:38:00Z", "22 min ago"],
    ["2026-11-21T15:00:00Z", "in 3 h"],
    ["2026-11-15T12:00:00Z", "6 days ago"],
    ["not a time", "not a time"],
  ])("%s is %s", (at, words) => expect(describeRelative(at, now)).toBe(words));

  it("names the zone beside the exact time", () =>
    expect(describeInstant("2026-11-21T03:00:12Z", "UTC")).toBe("21 Nov 2026, 03:00:12 UTC"));

  it.each([
    [9_000, "9 s"],
    [1_122_000, "18 min 42 s"],
    [120_000, "2 min"],
    [7_500_000, "2 h 5 min"],
  ])("%d ms is %s", (ms, words) => expect(describeDuration(ms)).toBe(words));
});
