import type { LogEvent } from "../logs/placed-event";
import type { ComputedStream, LogSource } from "../logs/store";
import { pipelineBuilds } from "./build-history";
import type { PipelineRow } from "./resource-rows";
import type { ImageBuilderStore } from "./store";

const pipelineLogGroupOf = ({ name, loggingConfiguration }: PipelineRow): string =>
  loggingConfiguration?.pipelineLogGroupName ?? `/aws/imagebuilder/pipeline/${name.replaceAll(" ", "-")}`;

/**
 * Why scheduled runs started or were skipped: a group for each pipeline, a stream for each day.
 * https://docs.aws.amazon.com/imagebuilder/latest/userguide/monitor-cwlogs.html
 * Differs from AWS: the guide says what is written, not the words.
 */
export function pipelineLogSource(store: ImageBuilderStore): LogSource {
  const days = (group: string, now: number) => {
    const streams = new Map<string, LogEvent[]>();
    for (const event of eventsOf(store, group, now)) {
      const day = new Date(event.timestamp).toISOString().slice(0, 10).replaceAll("-", "/");
      streams.set(day, [...(streams.get(day) ?? []), event]);
    }
    return streams;
  };
  const stream = (group: string, name: string): ComputedStream => ({
    name,
    createdAt: Date.parse(name.replaceAll("/", "-")),
    lastEventAt: (now) => days(group, now).get(name)?.at(-1)?.timestamp,
    events: (now) => days(group, now).get(name) ?? [],
  });
  return {
    groups: (now) =>
      store.pipelines.list().flatMap((pipeline) => {
        const name = pipelineLogGroupOf(pipeline);
        const [first] = eventsOf(store, name, now);
        return first ? [{ name, createdAt: first.timestamp }] : [];
      }),
    group(name, now) {
      const [first] = eventsOf(store, name, now);
      return first && { createdAt: first.timestamp };
    },
    streams: (group, now) => [...days(group, now).keys()].map((name) => stream(group, name)),
    stream: (group, name, now) => (days(group, now).has(name) ? stream(group, name) : undefined),
  };
}

/** What was written down, and for builds of the past what must have been. */
function eventsOf(store: ImageBuilderStore, group: string, now: number): LogEvent[] {
  const pipeline = store.pipelines.find((row) => pipelineLogGroupOf(row) === group);
  if (!pipeline) return [];
  const past = pipelineBuilds(store, pipeline)
    .filter(({ history, buildType }) => history && buildType === "SCHEDULED")
    .map(({ startedAt, arn }) => ({
      timestamp: startedAt,
      message: `Pipeline execution started. Image build version: ${arn}.`,
    }));
  const written = store.pipelineEvents
    .list((event) => event.pipelineArn === pipeline.arn)
    .map(({ at, message }) => ({ timestamp: at, message }));
  return [...past, ...written]
    .filter(({ timestamp }) => timestamp <= now)
    .sort((a, b) => a.timestamp - b.timestamp);
}
