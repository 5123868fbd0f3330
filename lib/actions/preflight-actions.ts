"use server";
import { runPreflight } from "@/lib/authoring/preflight/run-preflight";
import type { PreflightCheck, PreflightSubject } from "@/lib/authoring/preflight/types";
import type { ActionResult } from "@/lib/core/failure";
import { writeAction } from "./write-action";

/** Looks at what a draft or a pipeline is going to need; changes nothing. */
export async function runPreflightAction(
  request: { target: string } & PreflightSubject,
): Promise<ActionResult<PreflightCheck[]>> {
  return writeAction(request, (ctx, input) => runPreflight({ ctx, input }));
}
