import "server-only";
import { authorize } from "@/lib/auth/authorize";
import type { Action } from "@/lib/auth/permissions";
import { ConsoleFailure } from "@/lib/core/failure";
import { readAmiLineage } from "@/lib/history/read-index";
import { useCase } from "@/lib/use-case/use-case";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { ownerOf } from "../groups/find-members";
import { knownRegions } from "../groups/fleet-regions";
import { accessIn } from "../roll-outs/read-roll-out-group";
import { carriedOver, leftBehind, notesOf, obstaclesOf, suggestDestination } from "./judge-carry-over";
import { describeInstance, toMovedInstance } from "./read-moved-instance";
import { destinationIn, readPlaces } from "./read-places";
import { movePreviewSchema } from "./schemas";
import type { MovedInstance, MovePreview } from "./types";

/**
 * What a move of an instance to a Region would do and could choose from. Throws `not-found` for an instance that does
 * not exist, and `forbidden` where the actor's grants do not cover its image.
 */
export const previewMove = useCase(
  "preview-move",
  movePreviewSchema,
  async ({ ctx, input: { region, instanceId, to, instanceType } }): Promise<MovePreview> => {
    const { instance } = await openInstance(ctx, "preview-move", { region, instanceId });
    const type = instanceType || instance.instanceType;
    const [places, regions] = await Promise.all([
      destinationIn(ctx, to).then((aws) => readPlaces(aws, type)),
      knownRegions(ctx),
    ]);
    const going = { instance, isCopied: to !== region };
    const { name, zone } = instance;
    return {
      instance: { ...(name && { name }), zone },
      places,
      suggested: suggestDestination(going, { region: to, instanceType: type, places }),
      carried: carriedOver(going),
      left: leftBehind(going),
      notes: notesOf(going, { ...ownerOf(instance.tags), inFleet: regions.has(to) }),
      obstacles: obstaclesOf(instance),
    };
  },
);

/** An instance that is about to be moved. Throws `forbidden` where the actor's grants do not cover the image it runs. */
export async function openInstance(
  ctx: UseCaseContext,
  action: Action,
  { region, instanceId }: { region: string; instanceId: string },
): Promise<{ instance: MovedInstance; imageName: string }> {
  const aws = await accessIn(ctx, region);
  const found = await describeInstance(aws, instanceId);
  const builds = found?.ImageId ? await readAmiLineage(ctx, region, [found.ImageId]) : undefined;
  const imageName = builds?.get(found?.ImageId ?? "")?.name ?? "";
  await authorize(ctx, action, imageName);
  if (found) return { instance: toMovedInstance(found), imageName };
  throw new ConsoleFailure({
    code: "not-found",
    message: `There is no instance ${instanceId} in ${region}.`,
  });
}
