import "server-only";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { comingRuns } from "./coming-runs";
import { imagesWithUsers } from "./images-with-users";
import type { Asked } from "./open-question";
import { packageChanges } from "./package-changes";
import {
  type HistoryAsked,
  type HistoryBuildsAsked,
  historyBuildsSchema,
  historyQuestionSchema,
} from "./schemas";
import { countFailures, readFirstFailures } from "./statistics/count-failures";
import { countFindings } from "./statistics/count-findings";
import { countByPipeline, countResults, readStandings } from "./statistics/count-results";
import { listBuilds } from "./statistics/list-builds";
import { measureDurations } from "./statistics/measure-durations";
import { measureSlowerSteps } from "./statistics/measure-slower-steps";
import { readChanges, readLineage } from "./statistics/read-changes";
import { countKeptImages, sumBuildHours } from "./statistics/sum-costs";
import type { HistoryAnswers, HistoryShow } from "./types";

type Row<Schema, Question, Show extends HistoryShow> = {
  schema: Schema;
  answer: (asked: Asked<Question>, ctx: UseCaseContext) => Promise<Omit<HistoryAnswers[Show], "range">>;
};
type Questions = {
  [Show in Exclude<HistoryShow, "builds">]: Row<typeof historyQuestionSchema, HistoryAsked, Show>;
} & { builds: Row<typeof historyBuildsSchema, HistoryBuildsAsked, "builds"> };

const PAGE_SIZE = 50;
const schema = historyQuestionSchema;

/** Everything the history can be asked, by its word in addresses. Another dashboard is another row. */
export const QUESTIONS: Questions = {
  /** Results by day, beside the range before, and where each pipeline stands. */
  health: {
    schema,
    answer: async ({ orm, scope, range }, ctx) => ({
      ...(await countResults(orm, scope, range)),
      ...(await readStandings(orm, scope, {
        nowMs: ctx.clock.now(),
        freshWithinDays: ctx.settings.history.freshWithinDays,
      })),
    }),
  },
  /** Each pipeline on each day. */
  calendar: { schema, answer: ({ orm, scope, range }) => countByPipeline(orm, scope, range) },
  coming: { schema, answer: comingRuns },
  /** By rule, component, step and stage, and what had changed when they began. */
  failures: {
    schema,
    answer: async ({ orm, scope, range }) => ({
      ...(await countFailures(orm, scope, range)),
      firstFailures: await readFirstFailures(orm, scope, range),
    }),
  },
  /** Builds, stages and steps. */
  durations: {
    schema,
    answer: async ({ orm, scope, range }) => ({
      ...(await measureDurations(orm, scope, range)),
      changes: scope.isOnePipeline ? await readChanges(orm, scope, range) : [],
    }),
  },
  /** Steps whose median grew, since when, and what changed then. */
  slower: { schema, answer: ({ orm, scope, range }) => measureSlowerSteps(orm, scope, range) },
  /** Base images, recipes and components, and what the newest images are made of. */
  changes: {
    schema,
    answer: async ({ orm, scope, range }) => ({
      changes: await readChanges(orm, scope, range),
      ...(await readLineage(orm, scope)),
    }),
  },
  packages: { schema, answer: packageChanges },
  /** Findings over time, and the images that have them. */
  findings: {
    schema,
    answer: async ({ orm, scope, range }, ctx) => ({
      days: await countFindings(orm, scope, range),
      ...(await imagesWithUsers(ctx, orm, scope)),
    }),
  },
  /** Build hours by instance type and the images that are kept: estimates from what was asked for, not from a bill. */
  costs: {
    schema,
    answer: async ({ orm, scope, range }) => ({
      hours: await sumBuildHours(orm, scope, range),
      ...(await countKeptImages(orm, scope)),
    }),
  },
  /** Builds, newest first, by any mark of a chart. */
  builds: {
    schema: historyBuildsSchema,
    answer: ({ orm, scope, range, question }) =>
      listBuilds(orm, scope, { range, question, limit: PAGE_SIZE }),
  },
};
