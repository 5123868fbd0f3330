import "server-only";
import type { ActionResult } from "@/lib/core/failure";
import { countRequest } from "@/lib/http/actor-limits";
import { toConsoleError } from "@/lib/use-case/console-error";
import { openCallContext, type UseCaseContext } from "@/lib/use-case/use-case-context";

/**
 * What every action has in common: open the caller's context on the target, run, never throw to the browser.
 * `request` is whatever the browser sent: the use case parses it.
 */
export async function writeAction<Request extends { target: string }, Value>(
  request: Request,
  work: (ctx: UseCaseContext, input: Omit<Request, "target">) => Promise<Value>,
): Promise<ActionResult<Value>> {
  return answerOf(async () => {
    const { target, ...input } = request;
    const ctx = await openCallContext(String(target));
    countRequest(ctx.actor.id, "write");
    return work(ctx, input);
  });
}

/** The value of `work`, or what the browser may know of its failure. */
export async function answerOf<Value>(work: () => Promise<Value>): Promise<ActionResult<Value>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    return { ok: false, error: toConsoleError(error) };
  }
}
