import type { ComputedStream, LogSource } from "../logs/store";
import type { ImageBuildRow } from "./image-build-row";
import { logOf } from "./image-build-state";
import type { ImageBuilderStore } from "./store";

/**
 * The group keeps the case of the name as the user wrote it; the ARN does not.
 * Differs from AWS: it does not say what becomes of spaces, which no group may have; here they are hyphens.
 */
export function logGroupOf(row: Pick<ImageBuildRow, "name" | "logGroupName">): string {
  return row.logGroupName ?? `/aws/imagebuilder/${row.name.replaceAll(" ", "-")}`;
}

/** The logs of all builds, computed when they are read. */
export function buildLogSource(store: ImageBuilderStore): LogSource {
  const builds = (group: string, now: number) =>
    store.imageBuilds.list((row) => logGroupOf(row) === group && row.startedAt <= now);
  return {
    groups(now) {
      const groups = new Map<string, number>();
      for (const row of store.imageBuilds.values()) {
        if (row.startedAt > now) continue;
        const name = logGroupOf(row);
        groups.set(name, Math.min(groups.get(name) ?? row.startedAt, row.startedAt));
      }
      return [...groups].map(([name, createdAt]) => ({ name, createdAt }));
    },
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
    lastEventAt: (now) => logOf(store, current(), now).at(-1)?.timestamp,
    events: (now) => logOf(store, current(), now),
  };
}
