import "server-only";
import { processSingleton } from "@/lib/core/process-singleton";
import { runtime } from "@/lib/use-case/runtime";
import { renderBuildMetrics } from "./build-metrics";

const FRESH_FOR_MS = 15_000;

const kept = () =>
  processSingleton("build-metrics", () => ({ text: Promise.resolve(""), at: Number.NEGATIVE_INFINITY }));

/** The builds' part of the metrics; empty while the database is away, since the rest must still be read then. */
export function readBuildMetrics(): Promise<string> {
  const { clock, config, database } = runtime();
  const last = kept();
  if (clock.now() - last.at < FRESH_FOR_MS) return last.text;
  last.at = clock.now();
  last.text = database()
    .then(({ orm }) =>
      renderBuildMetrics(orm, { nowMs: clock.now(), freshWithinDays: config.history.freshWithinDays }),
    )
    .catch(() => "");
  return last.text;
}
