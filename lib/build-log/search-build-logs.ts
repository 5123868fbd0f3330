import "server-only";
import { permits } from "@/lib/auth/permissions";
import { ConsoleFailure } from "@/lib/core/failure";
import { DAY_MS } from "@/lib/core/time";
import { useCase } from "@/lib/use-case/use-case";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { searchWithInsights } from "./search/insights-search";
import { searchKeptLogs } from "./search/kept-search";
import { logSearchSchema } from "./search/schemas";
import type { LogHit, LogSearchResult } from "./search/types";

/**
 * Lines of all builds of the last days that hold a text. CloudWatch Logs Insights is asked; where AWS refuses it
 * or has no logs, the logs that the console keeps are read.
 */
export const searchBuildLogs = useCase(
  "search-build-logs",
  logSearchSchema,
  async ({ ctx, input: { text, days } }): Promise<LogSearchResult> => {
    const toMs = ctx.clock.now();
    const fromMs = toMs - days * DAY_MS;
    const result = await searchWithInsights(ctx, { text, fromMs, toMs }).catch((error: unknown) => {
      if (!(error instanceof ConsoleFailure)) throw error;
      return searchKeptLogs(ctx, { text, fromMs, reason: error.message });
    });
    return { ...result, hits: result.hits.filter((hit) => mayRead(ctx, hit)) };
  },
);

/** Who may see builds of some names only finds lines of those; a line of an unknown build is for who may see all. */
const mayRead = ({ actor, target }: UseCaseContext, { build }: LogHit) =>
  permits(actor, "read-build-log", target.id, build?.name ?? "");
