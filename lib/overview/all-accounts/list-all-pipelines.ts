import "server-only";
import { MINUTE_MS } from "@/lib/core/time";
import { sharedOverAll } from "@/lib/use-case/ask-each-account";
import { noInput, useCase } from "@/lib/use-case/use-case";
import type { AllPipelines } from "../types";
import { accountStanding, readEachAccount } from "./each-account";

/** Every pipeline that ever built something in an account that the caller may see, from the history. */
export const listAllPipelines = useCase("list-all-pipelines", noInput, ({ ctx }) =>
  sharedOverAll(ctx, "list-all-pipelines", async (): Promise<AllPipelines> => {
    const nowMs = ctx.clock.now();
    const read = await readEachAccount(ctx);
    return {
      asOf: new Date(Math.floor(nowMs / MINUTE_MS) * MINUTE_MS).toISOString(),
      accounts: read.map((account) => accountStanding(account, nowMs)),
      pipelines: read.flatMap(({ target, index: { standings } }) =>
        standings.map((standing) => ({ ...standing, target: target.id })),
      ),
    };
  }),
);
