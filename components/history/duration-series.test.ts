import { describe, expect, it } from "vitest";
import type { BuildDurations, SlowerStep } from "@/lib/history/types";
import { axisDays, changeMarks, durationLines, stageStacks } from "./duration-series";

const range = {
  from: "2026-11-04",
  to: "2026-11-06",
  days: 3,
  beforeFrom: "2026-11-01",
  beforeTo: "2026-11-03",
  timeZone: "UTC",
};
const figures = (day: string, p50Ms: number) => ({ day, p50Ms, p95Ms: p50Ms * 2, count: 1 });
const answer: BuildDurations = {
  range,
  period: "day",
  series: [figures("2026-11-04", 10), figures("2026-11-06", 30)],
  seriesBefore: [figures("2026-11-02", 7)],
  pipelines: [],
  changes: [],
  stages: [],
  stageSeries: [
    { stage: "Create", ...figures("2026-11-04", 1) },
    { stage: "Build", ...figures("2026-11-04", 5) },
    { stage: "Attest", ...figures("2026-11-06", 4) },
  ],
  steps: [],
};

describe("what the charts of durations are drawn from", () => {
  it("is every day of the range, or every week that it touches", () => {
    expect(axisDays(answer)).toEqual(["2026-11-04", "2026-11-05", "2026-11-06"]);
    const weekly = { ...range, from: "2026-11-04", to: "2026-11-17" };
    expect(axisDays({ range: weekly, period: "week" })).toEqual(["2026-11-02", "2026-11-09", "2026-11-16"]);
  });

  it("leaves days without builds out of the lines and lays the range before over this one", () => {
    const lines = durationLines(answer, axisDays(answer));
    expect(lines.map(({ name, values }) => [name, values])).toEqual([
      ["p50", [10, undefined, 30]],
      ["p95", [20, undefined, 60]],
      ["p50 before", [undefined, 7, undefined]],
    ]);
  });

  it("is one line a pipeline where several are asked about, told apart by account", () => {
    const pipelines = [
      { target: "a", pipeline: "web", series: [figures("2026-11-05", 3)] },
      { target: "b", pipeline: "web", series: [] },
    ];
    const lines = durationLines({ ...answer, pipelines }, axisDays(answer));
    expect(lines.map(({ name, values }) => [name, values])).toEqual([
      ["web (a)", [undefined, 3, undefined]],
      ["web (b)", [undefined, undefined, undefined]],
    ]);
  });

  it("stacks stages, also one that AWS adds", () => {
    const stages = [{ stage: "Attest", count: 1, p50Ms: 4, p95Ms: 8 }];
    expect(
      stageStacks({ ...answer, stages }, axisDays(answer)).map(({ name, values }) => [name, values]),
    ).toEqual([
      ["Create and build", [6, 0, 0]],
      ["Attest", [0, 0, 4]],
    ]);
  });

  it("marks changes on the days of their builds in the console's time zone, loud where a step got slower", () => {
    const of = { target: "a", name: "web", version: "1.0.0", build: "1" };
    const changes = [
      {
        kind: "component" as const,
        name: "agent",
        before: "1.0.0",
        after: "1.1.0",
        of,
        pipeline: "web",
        createdAt: "2026-11-04T23:30:00.000Z",
        result: "succeeded",
      },
      {
        kind: "base" as const,
        name: "base image",
        before: "ami-1",
        after: "ami-2",
        of,
        pipeline: "web",
        createdAt: "2026-11-04T10:00:00.000Z",
        result: "succeeded",
      },
    ];
    const step: SlowerStep = {
      ...{ target: "a", pipeline: "web", stage: "Build", name: "Apply", nowMs: 9, beforeMs: 3 },
      since: { kind: "day", day: "2026-11-05" },
      changes: [{ kind: "component", name: "agent", before: "1.0.0", after: "1.1.0" }],
    };
    const marks = changeMarks(changes, [step], {
      days: axisDays(answer),
      period: "day",
      timeZone: "Europe/Berlin",
    });
    expect(marks.map(({ index, letter, words, isLoud }) => [index, letter, words, isLoud])).toEqual([
      [0, "B", ["Base image ami-1 → ami-2"], false],
      [1, "C", ["Component agent 1.0.0 → 1.1.0"], true],
    ]);
  });
});
