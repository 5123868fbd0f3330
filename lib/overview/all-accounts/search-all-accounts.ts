import "server-only";
import { z } from "zod";
import { useCase } from "@/lib/use-case/use-case";
import { findBuilds } from "../find-builds";
import { buildHits, MOST_OF_A_KIND, MOST_TEXT, searchWords } from "../search-builds";
import type { SearchAnswer, SearchHit } from "../search-types";
import { accountStanding, readEachAccount } from "./each-account";

/**
 * Pipelines, builds and AMIs of every account that the caller may see, as the history knows them, whose name, version,
 * AMI ID or recipe contains every word of `text`. Accounts whose history is not up to date are said.
 */
export const searchAllAccounts = useCase(
  "search-all-accounts",
  z.object({ text: z.string().max(MOST_TEXT) }),
  async ({ ctx, input: { text } }): Promise<SearchAnswer> => {
    const { words, matches } = searchWords(text);
    if (words.length === 0) return { hits: [], unread: [] };
    const nowMs = ctx.clock.now();
    const [read, { builds }] = await Promise.all([
      readEachAccount(ctx),
      findBuilds({ ctx, input: { q: text, targets: "all" } }),
    ]);
    const pipelines = read.flatMap(({ target, index: { standings } }) =>
      standings
        .filter(({ pipeline, lastBuild }) => matches(pipeline, lastBuild.displayName))
        .map(
          ({ pipeline, lastBuild: { displayName, version, status } }): SearchHit => ({
            kind: "pipeline",
            target: target.id,
            name: pipeline,
            detail: `${displayName} ${version}`,
            status,
          }),
        ),
    );
    const behind = read
      .map((account) => accountStanding(account, nowMs))
      .filter(({ index, reason }) => index !== "current" || reason !== undefined);
    return {
      hits: [
        ...pipelines.slice(0, MOST_OF_A_KIND),
        ...buildHits(builds, words).map(({ hit, build }) => ({ ...hit, target: build.target })),
      ],
      unread: behind.map(({ label }) => `The history of ${label} is not up to date.`),
    };
  },
);
