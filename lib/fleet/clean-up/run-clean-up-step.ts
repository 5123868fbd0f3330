import "server-only";
import { DeleteLaunchTemplateCommand, DeleteSnapshotCommand } from "@aws-sdk/client-ec2";
import { DeleteParameterCommand } from "@aws-sdk/client-ssm";
import { z } from "zod";
import { ConsoleFailure } from "@/lib/core/failure";
import type { ResourceKind } from "@/lib/core/resource-names";
import { keyOfBuild } from "@/lib/image-builder/image-builds/image-build-key";
import { deleteImageBuild } from "@/lib/image-builder/image-changes/delete-image-build";
import { deleteResource } from "@/lib/image-builder/resources/delete-resource";
import { recordWrite, requestIdOf } from "@/lib/use-case/record-write";
import { useCase } from "@/lib/use-case/use-case";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { deregisterAmi } from "../amis/deregister-ami";
import { disableAmi } from "../amis/disable-ami";
import { findAmi } from "../amis/read-ami";
import { cancelRollOut } from "../roll-outs/cancel-roll-out";
import { keptCleanUp } from "./clean-up-rows";
import { workOutCleanUp } from "./plan-clean-up";
import type { PlannedThing } from "./types";

const stepSchema = z.strictObject({
  name: z.string("Name a pipeline.").min(1, "Name a pipeline.").max(256),
  /** A thing of the plan by its ID. */
  id: z.string("Name what to remove.").min(1, "Name what to remove.").max(2048),
});

/**
 * Removes one thing of a clean-up that was begun. The plan is worked out again first: throws `conflict` with the
 * reason for what has come into use meanwhile, or still is by something that goes before it. What is gone is done.
 */
export const runCleanUpStep = useCase(
  "run-clean-up-step",
  stepSchema,
  async ({ ctx, input: { name, id } }): Promise<null> => {
    if (!(await keptCleanUp(ctx, name)))
      throw new ConsoleFailure({ code: "conflict", message: "Begin the clean-up first." });
    const { plan, things } = await workOutCleanUp(ctx, name);
    const place = plan.goes.findIndex((one) => one.id === id);
    const thing = plan.goes[place];
    if (!thing) {
      const stays = plan.stays.find((one) => one.id === id);
      if (!stays) return null;
      throw new ConsoleFailure({ code: "conflict", message: `It stays. ${stays.why.join(" ")}` });
    }
    const users = new Set(things.find((one) => one.id === id)?.usedBy.map((use) => use.id));
    const before = plan.goes.find((one, index) => index < place && users.has(one.id));
    if (before)
      throw new ConsoleFailure({ code: "conflict", message: `${before.name} has to be removed first.` });
    await remove(ctx, name, thing);
    return null;
  },
);

/** Where there is a use case for it, by that one: it asks for its own permission and writes its own audit row. */
async function remove(ctx: UseCaseContext, pipeline: string, thing: PlannedThing): Promise<void> {
  const { kind, region = ctx.target.region, at, id } = thing;
  if (at && "rollOut" in at) {
    await cancelRollOut({ ctx, input: { id: at.rollOut } });
  } else if (at && "amiId" in at) {
    const key = { region, amiId: at.amiId };
    const { image } = await findAmi(ctx, key);
    if (image.State !== "disabled") await disableAmi({ ctx, input: key });
    await deregisterAmi({ ctx, input: { ...key, deleteSnapshots: false } });
  } else if (at && "arn" in at) {
    const key = kind === "image" ? keyOfBuild(at.arn) : undefined;
    if (key) await deleteImageBuild({ ctx, input: { key, include: {} } });
    else await deleteResource({ ctx, input: { kind: kind as ResourceKind, arn: at.arn } });
  } else {
    const { ec2, ssm } = ctx.aws.inRegion(region);
    const [, , ...rest] = id.split(" ");
    const ofAws = rest.join(" ");
    const input = { pipeline, kind, region, name: ofAws };
    await recordWrite(ctx, "run-clean-up-step", { resource: ofAws, input }, async () => {
      const answer =
        kind === "snapshot"
          ? await ec2.write(new DeleteSnapshotCommand({ SnapshotId: ofAws }))
          : kind === "launch-template"
            ? await ec2.write(new DeleteLaunchTemplateCommand({ LaunchTemplateId: ofAws }))
            : await ssm.write(new DeleteParameterCommand({ Name: ofAws }));
      return { value: null, awsRequestId: requestIdOf(answer) };
    });
  }
}
