import "server-only";
import { randomUUID } from "node:crypto";
import { shownActor } from "@/lib/core/actor";
import { ConsoleFailure } from "@/lib/core/failure";
import { recordWrite } from "@/lib/use-case/record-write";
import { useCase } from "@/lib/use-case/use-case";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { obstaclesOf, wrongIn } from "./judge-carry-over";
import { insertMove } from "./move-rows";
import { openInstance } from "./preview-move";
import { destinationIn, readPlaces } from "./read-places";
import { beginMoveSchema } from "./schemas";
import type { MoveDestination, MovedInstance } from "./types";

/**
 * Writes down that an instance is to be moved, and returns the move's ID. Nothing is asked of AWS but whether it can be.
 * Throws `invalid` with fields, or `conflict` where it cannot be moved or is being moved already.
 */
export const beginMove = useCase(
  "begin-move",
  beginMoveSchema,
  async ({ ctx, input }): Promise<{ id: string }> => {
    const { region, instanceId, destination, reboot } = input;
    const { instance, imageName } = await openInstance(ctx, "begin-move", input);
    const [obstacle] = obstaclesOf(instance);
    if (obstacle) throw new ConsoleFailure({ code: "conflict", message: obstacle });
    await requireDestination(ctx, { region, instance, destination });
    return recordWrite(ctx, "begin-move", { resource: instanceId, input }, async () => {
      const id = randomUUID();
      await insertMove(ctx, {
        id,
        targetId: ctx.target.id,
        region,
        instanceId,
        startedAt: new Date(ctx.clock.now()),
        startedById: ctx.actor.id,
        startedBy: shownActor(ctx.actor),
        destination,
        reboot,
        imageName,
        amiAttempt: 1,
        copyAttempt: 1,
        launchAttempt: 1,
      });
      return { value: { id }, after: { id } };
    });
  },
);

/** Throws `invalid` with what is known to be wrong with a destination. */
export async function requireDestination(
  ctx: UseCaseContext,
  {
    region,
    instance,
    destination,
  }: { region: string; instance: MovedInstance; destination: MoveDestination },
): Promise<void> {
  const places = await readPlaces(await destinationIn(ctx, destination.region), destination.instanceType);
  const wrong = wrongIn({ instance, isCopied: destination.region !== region }, destination, places);
  const [first] = Object.values(wrong);
  if (first === undefined) return;
  throw new ConsoleFailure({
    code: "invalid",
    message: first,
    fields: Object.fromEntries(Object.entries(wrong).map(([field, why]) => [`destination.${field}`, why])),
  });
}
