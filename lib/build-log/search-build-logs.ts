import "server-only";
import { permits } from "@/lib/auth/permissions";
import { ConsoleFailure } from "@/lib/core/failure";
import { DAY_MS } from "@/lib/core/time";
import { useCase } from "@/lib/use-case/use-case";
import { searchWithInsights } from "./search/insights-search";
import { searchKeptLogs } from "./search/kept-search";
import { logSearchSchema } from "./search/schemas";
import type { LogSearchResult } from "./search/types";

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
    // Who may see builds of some names only has no other log read: not its lines, its size or that there are hits.
    const mayRead = (name: string) => permits(ctx.actor, "read-build-log", ctx.target.id, name);
    return searchWithInsights(ctx, { text, fromMs, toMs, mayRead }).catch((error: unknown) => {
      if (!(error instanceof ConsoleFailure)) throw error;
      return searchKeptLogs(ctx, { text, fromMs, mayRead, reason: error.message });
    });
  },
);
