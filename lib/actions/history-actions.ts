"use server";
import type { ActionResult } from "@/lib/core/failure";
import { setFreshnessTarget } from "@/lib/history/set-freshness-target";
import { writeAction } from "./write-action";

/** Sets how many days old a pipeline's latest successful image may be; without days the console's own target holds. */
export async function setFreshnessTargetAction(request: {
  target: string;
  name: string;
  days?: number;
}): Promise<ActionResult<null>> {
  return writeAction(request, (ctx, input) => setFreshnessTarget({ ctx, input }));
}
