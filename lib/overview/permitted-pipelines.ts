import "server-only";
import { permits } from "@/lib/auth/permissions";
import { allPipelines } from "@/lib/image-builder/pipelines/all-pipelines";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import type { ListedPipeline } from "./builds-now";

/** Every pipeline of the target that the actor may see, as AWS lists it. */
export const permittedPipelines = async (ctx: UseCaseContext): Promise<ListedPipeline[]> =>
  (await allPipelines(ctx)).filter(({ name = "" }) =>
    permits(ctx.actor, "get-pipeline", ctx.target.id, name),
  );
