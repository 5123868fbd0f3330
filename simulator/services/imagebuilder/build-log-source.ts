import type { ComputedStream, LogSource } from "../logs/store";
import { buildsByLogGroup } from "./build-history";
import type { ImageBuildRow } from "./image-build-row";
import { logOf } from "./image-build-state";
import type { ImageBuilderStore } from "./store";

const HISTORY_LOG_MS = 25 * 60_000;

/** The logs of all builds, computed when they are read. */
export function buildLogSource(store: ImageBuilderStore): LogSource {
  const builds = (group: string, now: number) =>
    (buildsByLogGroup(store).get(group) ?? []).filter((row) => row.startedAt <= now);
  const groupOf = (name: string, now: number) => {
    const createdAt = buildsByLogGroup(store).get(name)?.at(-1)?.startedAt;
    return createdAt !== undefined && createdAt <= now ? { name, createdAt } : undefined;
  };
  return {
    groups: (now) => [...buildsByLogGroup(store).keys()].flatMap((name) => groupOf(name, now) ?? []),
    group: groupOf,
    streams: (group, now) => builds(group, now).map((row) => streamOf(store, row)),
    stream(group, name, now) {
      const row = buildsByStreamName(buildsByLogGroup(store).get(group)).get(name);
      return row && row.startedAt <= now ? streamOf(store, row) : undefined;
    },
  };
}

const streamNameOf = (row: ImageBuildRow): string => `${row.version}/${row.buildNumber}`;

const byName = new WeakMap<readonly ImageBuildRow[], Map<string, ImageBuildRow>>();

/** Of builds that write to one stream the newest. */
function buildsByStreamName(rows: readonly ImageBuildRow[] = []): Map<string, ImageBuildRow> {
  const known = byName.get(rows) ?? new Map(rows.toReversed().map((row) => [streamNameOf(row), row]));
  byName.set(rows, known);
  return known;
}

function streamOf(store: ImageBuilderStore, row: ImageBuildRow): ComputedStream {
  // A later intervention replaces the row; the stream always asks for the one there is.
  const current = () => store.imageBuilds.get(row.arn) ?? row;
  return {
    name: streamNameOf(row),
    createdAt: row.startedAt,
    // Differs from AWS: of the seeded history it is an estimate, or listing streams would lay out every build.
    lastEventAt: (now) =>
      row.history ? row.startedAt + HISTORY_LOG_MS : logOf(store, current(), now).at(-1)?.timestamp,
    events: (now) => logOf(store, current(), now),
  };
}
