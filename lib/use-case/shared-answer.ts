import "server-only";
import { sightOf } from "@/lib/auth/permissions";
import type { UseCaseContext } from "./use-case-context";

/** Less than half of what a page waits between two polls. */
const FRESH_FOR_MS = 1_000;

/**
 * Works an answer out once for all who may see the same of a target and ask within a second: 200 open pages cost what
 * a few cost. `question` names use case and input. The answer belongs to all of them and must not be changed; a use
 * case asks for permission before.
 */
export function sharedAnswer<Answer>(
  ctx: UseCaseContext,
  question: string,
  work: () => Promise<Answer>,
  freshForMs = FRESH_FOR_MS,
): Promise<Answer> {
  return ctx.aws.share(`${question} ${sightOf(ctx.actor, ctx.target.id)}`, freshForMs, work);
}
