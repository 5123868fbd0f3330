import { describe, expect, it } from "vitest";
import { HOUR_MS } from "@/lib/core/time";
import { openDatabase } from "@/lib/db/database";
import { keepBuilds, makeBuilds } from "@/lib/testing/history-rows";
import { renderBuildMetrics } from "./build-metrics";

// Opening a database takes seconds on a busy machine.
describe("metrics of builds", { timeout: 60_000 }, () => {
  it("count what the rows count, and escape names", async () => {
    const database = await openDatabase({ kind: "memory" });
    const fromMs = Date.UTC(2026, 4, 1);
    const builds = makeBuilds({
      targetId: 'pr"od',
      pipelines: ["web"],
      count: 60,
      fromMs,
      stepMs: HOUR_MS,
      timeZone: "UTC",
      seed: 3,
    });
    await keepBuilds(database.orm, builds);
    const nowMs = fromMs + 100 * HOUR_MS;
    const lines = (await renderBuildMetrics(database.orm, { nowMs, freshWithinDays: 2 })).split("\n");
    const valueAt = (start: string) =>
      Number(
        lines
          .find((line) => line.startsWith(start))
          ?.split(" ")
          .at(-1),
      );
    const count = (result: string) => builds.filter((build) => build.result === result).length;
    for (const result of ["succeeded", "failed", "cancelled"])
      expect(valueAt(`goldsmith_builds_total{target="pr\\"od",pipeline="web",result="${result}"}`)).toBe(
        count(result),
      );
    expect(valueAt('goldsmith_build_duration_seconds_count{target="pr\\"od"}')).toBe(count("succeeded"));
    expect(valueAt('goldsmith_build_duration_seconds_bucket{target="pr\\"od",le="+Inf"}')).toBe(
      count("succeeded"),
    );
    const good = builds.filter(({ result, goneAt }) => result === "succeeded" && !goneAt).at(-1);
    expect(valueAt("goldsmith_newest_good_image_age_seconds")).toBe(
      Math.round((nowMs - (good?.createdAtMs ?? 0)) / 1000),
    );
    expect(valueAt("goldsmith_image_age_target_seconds")).toBe(172_800);
    await database.close();
  });
});
