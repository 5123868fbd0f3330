import "server-only";
import {
  DescribeLogStreamsCommand,
  GetLogEventsCommand,
  type OutputLogEvent,
} from "@aws-sdk/client-cloudwatch-logs";
import type { ImagePipeline } from "@aws-sdk/client-imagebuilder";
import { nameInArn } from "@/lib/core/arn";
import { ConsoleFailure } from "@/lib/core/failure";
import { normalizeName } from "@/lib/core/name-rule";
import { namedSchema } from "@/lib/definitions/schemas";
import { findPipeline } from "@/lib/image-builder/pipelines/find-pipeline";
import { authorizeNames } from "@/lib/use-case/authorize-names";
import { useCase } from "@/lib/use-case/use-case";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { toRunNote } from "./run-note";
import type { PipelineLog, PipelineRunNote } from "./types";

/** A stream has one day, so that these are the last days on which a schedule was due. */
const MOST_STREAMS = 10;
const MOST_NOTES = 50;
const FRESH_FOR_MS = 15_000;

/**
 * Why scheduled runs started or were skipped, from the pipeline's own log group: nothing else in AWS says it.
 * https://docs.aws.amazon.com/imagebuilder/latest/userguide/monitor-cwlogs.html
 */
export const readPipelineLog = useCase(
  "read-pipeline-log",
  namedSchema,
  async ({ ctx, input }): Promise<PipelineLog> => {
    const { pipeline } = await findPipeline(ctx, input.name);
    const group = groupOf(pipeline);
    // The pipeline may have been changed outside of the console.
    await authorizeNames(ctx, "read-pipeline-log", { pipelineLogGroupName: group });
    try {
      return { group, ...(await readNotes(ctx, group, pipeline)) };
    } catch (error) {
      const code = error instanceof ConsoleFailure ? error.detail.code : undefined;
      if (code === "not-found") {
        return {
          group,
          notes: [],
          reason: "Image Builder creates the log group at the first scheduled run.",
        };
      }
      if (code === "access-denied" && error instanceof Error) {
        return { group, notes: [], reason: error.message };
      }
      throw error;
    }
  },
);

/** No group may have a space in its name, a pipeline may. */
const ownGroupOf = ({ name = "" }: ImagePipeline) =>
  `/aws/imagebuilder/pipeline/${name.replaceAll(" ", "-")}`;
const groupOf = (pipeline: ImagePipeline): string =>
  pipeline.loggingConfiguration?.pipelineLogGroupName ?? ownGroupOf(pipeline);

/** In a group that is not the pipeline's alone, only events that name the pipeline are its own. */
function isAbout(pipeline: ImagePipeline, group: string): (event: OutputLogEvent) => boolean {
  if (normalizeName(group) === normalizeName(ownGroupOf(pipeline))) return () => true;
  const { arn = "", name = "" } = pipeline;
  const names = new Set([arn, name, nameInArn(arn)].filter(Boolean));
  return ({ message = "" }) =>
    message.split(/[\s"',;()[\]{}]+/).some((word) => names.has(word.replace(/(?<![.:])[.:]+$/, "")));
}

async function readNotes(
  { aws }: UseCaseContext,
  group: string,
  pipeline: ImagePipeline,
): Promise<Pick<PipelineLog, "notes" | "isCut">> {
  const belongs = isAbout(pipeline, group);
  // By name, which is the day: the time of a stream's last event may be an hour behind.
  const streams = new DescribeLogStreamsCommand({
    logGroupName: group,
    orderBy: "LogStreamName",
    descending: true,
    limit: MOST_STREAMS,
  });
  const { logStreams = [], nextToken } = await aws.logs.read(streams, { freshForMs: FRESH_FOR_MS });
  const notes: PipelineRunNote[] = [];
  const names = logStreams.flatMap((stream) => stream.logStreamName ?? []);
  let isCut = nextToken !== undefined;
  for (const [index, logStreamName] of names.entries()) {
    const page = new GetLogEventsCommand({ logGroupName: group, logStreamName, limit: MOST_NOTES });
    const { events = [] } = await aws.logs.read(page, { freshForMs: FRESH_FOR_MS });
    notes.push(...events.filter(belongs).map(toRunNote).toReversed());
    if (events.length >= MOST_NOTES) isCut = true;
    if (notes.length < MOST_NOTES) continue;
    isCut ||= notes.length > MOST_NOTES || index < names.length - 1;
    break;
  }
  return { notes: notes.slice(0, MOST_NOTES), ...(isCut && { isCut }) };
}
