"use server";
import type { ActionResult } from "@/lib/core/failure";
import { beginCleanUp } from "@/lib/fleet/clean-up/begin-clean-up";
import { runCleanUpStep } from "@/lib/fleet/clean-up/run-clean-up-step";
import { writeAction } from "./write-action";

/** Begins a clean-up of a pipeline: keeps what it made and disables it. */
export async function beginCleanUpAction(request: {
  target: string;
  name: string;
}): Promise<ActionResult<null>> {
  return writeAction(request, (ctx, input) => beginCleanUp({ ctx, input }));
}

/** Removes one thing of a clean-up. */
export async function runCleanUpStepAction(request: {
  target: string;
  name: string;
  id: string;
}): Promise<ActionResult<null>> {
  return writeAction(request, (ctx, input) => runCleanUpStep({ ctx, input }));
}
