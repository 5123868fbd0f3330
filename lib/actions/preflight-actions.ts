"use server";
import type { ActionResult } from "@/lib/image-builder/action-result";
import { runPreflight } from "@/lib/image-builder/preflight/run-preflight";
import type { PreflightCheck, PreflightSubject } from "@/lib/image-builder/preflight/types";
import { writeAction } from "./write-action";

/** Looks at what a draft or a pipeline is going to need; changes nothing. */
export async function runPreflightAction(
  request: { target: string } & PreflightSubject,
): Promise<ActionResult<PreflightCheck[]>> {
  return writeAction(request, (ctx, input) => runPreflight({ ctx, input }));
}
