import "server-only";
import { csvLine } from "@/lib/core/csv";
import { useCase } from "@/lib/use-case/use-case";
import { openQuestion } from "./open-question";
import { historyExportSchema } from "./schemas";
import { listBuilds } from "./statistics/list-builds";
import type { HistoryBuild } from "./types";

const BATCH = 1000;
const COLUMNS: (keyof HistoryBuild)[] = [
  ...(["target", "pipeline", "name", "version", "build", "result", "status", "createdAt", "day"] as const),
  ...([
    "durationMs",
    "buildType",
    "startedBy",
    "moved",
    "failedStage",
    "failedStep",
    "failedComponent",
    "rule",
  ] as const),
  ...(["ruleTitle", "isFirstFailure", "isGone", "reason"] as const),
];

/** All builds of a question, newest first, as CSV or as one JSON list: text as it is read, batch by batch. */
export const exportHistoryBuilds = useCase(
  "export-history-builds",
  historyExportSchema,
  async ({ ctx, input: { format, ...question } }): Promise<AsyncGenerator<string>> => {
    const { orm, scope, range } = await openQuestion(ctx, question);
    const readBatch = (after: string | undefined) =>
      listBuilds(orm, scope, { range, question: { ...question, after }, limit: BATCH });
    // Read before the first byte, so that a database that is away answers with its reason.
    const first = await readBatch(undefined);

    return (async function* () {
      yield format === "csv" ? csvLine(COLUMNS) : "[";
      let separator = "\n";
      for (let page = first; ; page = await readBatch(page.next)) {
        for (const build of page.builds) {
          yield format === "csv"
            ? csvLine(COLUMNS.map((column) => (column === "moved" ? build.moved?.join(" ") : build[column])))
            : `${separator}${JSON.stringify(build)}`;
          separator = ",\n";
        }
        if (!page.next) break;
      }
      if (format === "json") yield "\n]\n";
    })();
  },
);
