import "server-only";
import type { ActionResult } from "@/lib/image-builder/action-result";
import { toConsoleError } from "@/lib/image-builder/console-error";
import { openContext, type UseCaseContext } from "@/lib/image-builder/use-case-context";

/**
 * What every action has in common: open the caller's context on the target, run, never throw to the browser.
 * `request` is whatever the browser sent: the use case parses it.
 */
export async function writeAction<Request extends { target: string }, Value>(
  request: Request,
  work: (ctx: UseCaseContext, input: Omit<Request, "target">) => Promise<Value>,
): Promise<ActionResult<Value>> {
  try {
    const { target, ...input } = request;
    return { ok: true, value: await work(await openContext(String(target)), input) };
  } catch (error) {
    return { ok: false, error: toConsoleError(error) };
  }
}
