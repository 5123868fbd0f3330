import "server-only";
import { permits, sightOf } from "@/lib/auth/permissions";
import { orAfter } from "@/lib/core/clock";
import type { UnreadAccount } from "@/lib/core/target";
import { toConsoleError } from "./console-error";
import type { UseCaseContext } from "./use-case-context";

/** The caller's context in each target where they may do `action`: permission first, target by target. */
const contextsOfAll = (
  ctx: UseCaseContext,
  action: Parameters<typeof permits>[1] = "list-targets",
): UseCaseContext[] =>
  ctx.targets.filter(({ id }) => permits(ctx.actor, action, id)).map(({ id }) => ctx.inTarget(id));

/** An account whose AWS takes longer is said not to have answered, and does not hold up the others. */
const PATIENCE_MS = 4_000;

/**
 * What each account's AWS answers, of those where the caller may do `action`. One that fails or does not answer costs
 * its own part, and is among `unread` with the reason.
 */
export async function askEachAccount<Answer>(
  ctx: UseCaseContext,
  action: Parameters<typeof permits>[1],
  ask: (own: UseCaseContext) => Promise<Answer>,
): Promise<{ answers: Answer[]; unread: UnreadAccount[] }> {
  const asked = await Promise.all(
    contextsOfAll(ctx, action).map(async (own) => {
      const { id: target, label } = own.target;
      const without = (reason: string) => ({ unread: { target, label, reason } });
      const answer = ask(own).then(
        (value) => ({ answer: value }),
        (error: unknown) => without(toConsoleError(error).message),
      );
      return orAfter(PATIENCE_MS, answer, () => without("AWS hasn't answered yet."));
    }),
  );
  return {
    answers: asked.flatMap((one) => ("answer" in one ? [one.answer] : [])),
    unread: asked.flatMap((one) => ("unread" in one ? [one.unread] : [])),
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
