"use server";
import type { ActionResult } from "@/lib/core/failure";
import type { ImageBuildKey } from "@/lib/core/resource-names";
import { runPipeline } from "@/lib/image-builder/pipelines/run-pipeline";
import { setPipelineStatus } from "@/lib/image-builder/pipelines/set-pipeline-status";
import { writeAction } from "./write-action";

/** Starts a build now, also of a disabled pipeline. */
export async function runPipelineAction(request: {
  target: string;
  name: string;
}): Promise<ActionResult<ImageBuildKey>> {
  return writeAction(request, (ctx, input) => runPipeline({ ctx, input }));
}

/** Enables or disables the schedule of a pipeline; nothing else of it changes. */
export async function setPipelineStatusAction(request: {
  target: string;
  name: string;
  status: "ENABLED" | "DISABLED";
}): Promise<ActionResult<null>> {
  return writeAction(request, (ctx, input) => setPipelineStatus({ ctx, input }));
}
