import "server-only";
import {
  DescribeLogGroupsCommand,
  GetQueryResultsCommand,
  type ResultField,
  StartQueryCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { collectPages } from "@/lib/aws/paginate";
import { ConsoleFailure } from "@/lib/core/failure";
import { normalizeName } from "@/lib/core/name-rule";
import { readBuildKey } from "@/lib/image-builder/image-builds/schemas";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { MOST_HITS, writeInsightsQuery } from "./insights-query";
import { shownMessage } from "./shown-message";
import type { LogHit, LogSearchResult, SearchedLines } from "./types";

const PREFIX = "/aws/imagebuilder/";
const PIPELINES = "/aws/imagebuilder/pipeline/";
/** A query reads at most so many groups. */
const MOST_GROUPS = 50;
const ASK_AGAIN_MS = 500;
const GIVE_UP_AFTER_MS = 60_000;

/** Asks CloudWatch Logs Insights. Throws what AWS refuses, and `not-found` where there is no group to search. */
export async function searchWithInsights(
  ctx: UseCaseContext,
  { text, fromMs, toMs, mayRead }: SearchedLines & { toMs: number },
): Promise<LogSearchResult> {
  const groups = (await imageGroups(ctx)).filter((group) => mayRead(nameOfGroup(group)));
  if (groups.length === 0) {
    throw new ConsoleFailure({
      code: "not-found",
      message: `CloudWatch Logs has no group that you may read whose name begins with ${PREFIX}.`,
    });
  }
  const query = writeInsightsQuery(text);
  const { queryId } = await ctx.aws.logs.read(
    new StartQueryCommand({
      logGroupNames: groups.slice(0, MOST_GROUPS),
      queryString: query,
      startTime: Math.floor(fromMs / 1000),
      endTime: Math.ceil(toMs / 1000),
    }),
    { freshForMs: 0 },
  );
  const { rows, scannedBytes } = await readResults(ctx, queryId);
  const left = groups.length - MOST_GROUPS;
  return {
    source: "insights",
    query,
    hits: rows.slice(0, MOST_HITS).map((row) => toHit(row, text)),
    isCut: rows.length > MOST_HITS,
    ...(scannedBytes !== undefined && { scannedBytes }),
    ...(left > 0 && { reason: `${left} of ${groups.length} log groups are left out: a query reads 50.` }),
  };
}

/** The image whose builds write to a group; "" for a group that names none. */
const nameOfGroup = (group: string): string => {
  const name = normalizeName(group.slice(PREFIX.length));
  return name.includes("/") ? "" : name;
};

async function imageGroups({ aws }: UseCaseContext): Promise<string[]> {
  const groups = await collectPages({
    load: async (nextToken) => {
      const command = new DescribeLogGroupsCommand({ logGroupNamePrefix: PREFIX, nextToken });
      const page = await aws.logs.read(command, { freshForMs: 60_000 });
      return { items: page.logGroups, next: page.nextToken };
    },
  });
  return groups
    .flatMap(({ logGroupName }) => logGroupName ?? [])
    .filter((name) => !name.startsWith(PIPELINES));
}

async function readResults(
  { aws, clock }: UseCaseContext,
  queryId: string | undefined,
): Promise<{ rows: ResultField[][]; scannedBytes?: number | undefined }> {
  const giveUpAt = clock.now() + GIVE_UP_AFTER_MS;
  while (clock.now() < giveUpAt) {
    const { status, results, statistics } = await aws.logs.read(new GetQueryResultsCommand({ queryId }), {
      freshForMs: 0,
    });
    if (status === "Complete") return { rows: results ?? [], scannedBytes: statistics?.bytesScanned };
    if (status !== "Running" && status !== "Scheduled") {
      throw new ConsoleFailure({
        code: "unavailable",
        message: `CloudWatch Logs Insights ended the query with the status ${status}.`,
      });
    }
    await clock.sleep(ASK_AGAIN_MS);
  }
  throw new ConsoleFailure({
    code: "unavailable",
    message: "CloudWatch Logs Insights took longer than a minute. Search fewer days.",
  });
}

function toHit(row: ResultField[], text: string): LogHit {
  const value = (name: string) => row.find(({ field }) => field === name)?.value ?? "";
  const group = value("@log").replace(/^\d+:/, "");
  const stream = value("@logStream");
  const build = group.startsWith(PREFIX)
    ? readBuildKey(`${normalizeName(group.slice(PREFIX.length))}/${stream}`)
    : undefined;
  return {
    at: Date.parse(`${value("@timestamp").replace(" ", "T")}Z`),
    message: shownMessage(value("@message"), text),
    group,
    stream,
    ...(build && { build }),
  };
}
