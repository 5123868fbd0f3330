import "server-only";
import { permits, sightOf } from "@/lib/auth/permissions";
import { orAfter } from "@/lib/core/clock";
import type { UnreadAccount } from "@/lib/core/target";
import { toConsoleError } from "./console-error";
import type { UseCaseContext } from "./use-case-context";

/** An account that takes longer is said not to have answered, and does not hold up the others. */
const PATIENCE_MS = 4_000;

/**
 * What each account answers, of those where the caller may do `action`: permission first, target by target. One that
 * fails or does not answer costs its own part, and is among `unread` with the reason. `asked`: who is waited for.
 */
export async function askEachAccount<Answer>(
  ctx: UseCaseContext,
  action: Parameters<typeof permits>[1],
  ask: (own: UseCaseContext) => Promise<Answer>,
  asked = "AWS",
): Promise<{ answers: Answer[]; unread: UnreadAccount[] }> {
  const permitted = ctx.targets.filter(({ id }) => permits(ctx.actor, action, id));
  const outcomes = await Promise.all(
    permitted.map(async (each) => {
      const own = ctx.inTarget(each.id);
      const { id: target, label } = own.target;
      const without = (reason: string) => ({ unread: { target, label, reason } });
      const answer = ask(own).then(
        (value) => ({ answer: value }),
        (error: unknown) => without(toConsoleError(error).message),
      );
      return orAfter(PATIENCE_MS, answer, () => without(`${asked} hasn't answered yet.`));
    }),
  );
  return {
    answers: outcomes.flatMap((one) => ("answer" in one ? [one.answer] : [])),
    unread: outcomes.flatMap((one) => ("unread" in one ? [one.unread] : [])),
  };
}

const FRESH_FOR_MS = 2_000;

/** Works an answer out once for all who may see the same of every target and ask within two seconds. */
export const sharedOverAll = <Answer>(
  ctx: UseCaseContext,
  question: string,
  work: () => Promise<Answer>,
): Promise<Answer> =>
  ctx.aws.share(
    `${question} ${JSON.stringify(ctx.targets.map(({ id }) => [id, sightOf(ctx.actor, id)]))}`,
    FRESH_FOR_MS,
    work,
  );
