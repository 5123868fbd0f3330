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
  return {
    groups: (now) =>
      [...buildsByLogGroup(store)].flatMap(([name, rows]) => {
        const createdAt = rows.at(-1)?.startedAt ?? now;
        return createdAt <= now ? [{ name, createdAt }] : [];
      }),
    streams: (group, now) => builds(group, now).map((row) => streamOf(store, row)),
    stream(group, name, now) {
      const row = builds(group, now).find((candidate) => streamNameOf(candidate) === name);
      return row && streamOf(store, row);
    },
  };
}

const streamNameOf = (row: ImageBuildRow): string => `${row.version}/${row.buildNumber}`;

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
