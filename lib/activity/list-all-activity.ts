import "server-only";
import { askEachAccount, sharedOverAll } from "@/lib/use-case/ask-each-account";
import { useCase } from "@/lib/use-case/use-case";
import { listActivity } from "./list-activity";
import { allActivitySchema } from "./schemas";
import type { ActivityPage, AllActivity } from "./types";

const MOST_ENTRIES = 100;

type Answer = { target: string; page: ActivityPage };

/**
 * The latest that happened in all accounts that the caller may see, each as `listActivity` tells it. What is listed has
 * no gaps: where an account has more than its latest page, nothing is listed that is older than the end of it, and
 * `isCut` says so. An account that fails costs its own entries.
 */
export const listAllActivity = useCase("list-all-activity", allActivitySchema, ({ ctx, input }) =>
  sharedOverAll(ctx, `list-all-activity ${JSON.stringify(input)}`, async (): Promise<AllActivity> => {
    const { answers, unread } = await askEachAccount(
      ctx,
      "list-activity",
      async (own): Promise<Answer> => ({
        target: own.target.id,
        page: await listActivity({ ctx: own, input }),
      }),
      "The console's database",
    );
    return { ...latestOf(answers), ...limitsOf(answers), unread };
  }),
);

/** Latest first, down to where the first account has more than it told. */
export function latestOf(answers: Answer[]): Pick<AllActivity, "entries" | "isCut"> {
  const ends = answers.flatMap(({ page: { entries, next } }) =>
    next === undefined ? [] : (entries.at(-1)?.at ?? []),
  );
  const from = Math.max(Number.NEGATIVE_INFINITY, ...ends.map((at) => Date.parse(at)));
  const known = answers
    .flatMap(({ target, page }) => page.entries.map((entry) => ({ ...entry, target })))
    .filter(({ at }) => Date.parse(at) >= from)
    .toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at));
  return {
    entries: known.slice(0, MOST_ENTRIES),
    isCut: ends.length > 0 || known.length > MOST_ENTRIES,
  };
}

/** What the caller may not read, and of which accounts the builds are not up to date. */
function limitsOf(answers: Answer[]): Pick<AllActivity, "changesHidden" | "behind"> {
  const hidden = answers.filter(({ page }) => page.changesHidden !== undefined).length;
  return {
    ...(hidden > 0 && { changesHidden: { accounts: hidden, of: answers.length } }),
    behind: answers.flatMap(({ target, page: { buildsBehind } }) =>
      buildsBehind === undefined ? [] : { target, reason: buildsBehind },
    ),
  };
}
