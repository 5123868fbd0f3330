import "server-only";
import { authorize } from "@/lib/auth/authorize";
import type { UseCase, UseCaseContext } from "@/lib/use-case/use-case-context";
import { getBuildDurations } from "./get-build-durations";
import { getComingRuns } from "./get-coming-runs";
import { getFactoryChanges } from "./get-factory-changes";
import { getFactoryCosts } from "./get-factory-costs";
import { getFactoryFindings } from "./get-factory-findings";
import { getFactoryHealth } from "./get-factory-health";
import { getFailureCauses } from "./get-failure-causes";
import { getPackageChanges } from "./get-package-changes";
import { getRunCalendar } from "./get-run-calendar";
import { listHistoryBuilds } from "./list-history-builds";
import type { HistoryBuildsQuestion } from "./schemas";
import { HISTORY_SHOWS, type HistoryAnswers, type HistoryShow, type HistoryState } from "./types";

type Ask<Answer> = (question: { ctx: UseCaseContext; input: HistoryBuildsQuestion }) => Promise<Answer>;

const ANSWERS: { [Show in HistoryShow]: Ask<HistoryAnswers[Show]> } = {
  health: getFactoryHealth,
  calendar: getRunCalendar,
  coming: getComingRuns,
  failures: getFailureCauses,
  durations: getBuildDurations,
  changes: getFactoryChanges,
  packages: getPackageChanges,
  findings: getFactoryFindings,
  costs: getFactoryCosts,
  builds: listHistoryBuilds,
};

/** The question of a page's address; the first one for what is none. */
export const showOf = (text: string | undefined): HistoryShow =>
  HISTORY_SHOWS.find((show) => show === text) ?? "health";

/** Asks one of the history's use cases with the words of an address; each checks them, and what may be seen. */
export async function answerQuestion<Show extends HistoryShow>({
  ctx,
  input: { show, state },
}: UseCase<{ show: Show; state: HistoryState }>): Promise<HistoryAnswers[Show]> {
  await authorize(ctx, "answer-question");
  return ANSWERS[show]({ ctx, input: state as HistoryBuildsQuestion });
}
