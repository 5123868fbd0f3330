import "server-only";
import { shownActor } from "@/lib/core/actor";
import { recordWrite } from "@/lib/use-case/record-write";
import { useCase } from "@/lib/use-case/use-case";
import { updateMove } from "./move-rows";
import { openMove } from "./open-move";
import { moveKeySchema } from "./schemas";

/** Ends a move where it stands. What it made stays: AMI, copy, and new instance. */
export const endMove = useCase("end-move", moveKeySchema, async ({ ctx, input: { id } }): Promise<null> => {
  const { instanceId, amiId, copyId, newInstanceId } = await openMove(ctx, "end-move", id);
  const before = { amiId, copyId, newInstanceId };
  return recordWrite(ctx, "end-move", { resource: instanceId, input: { id }, before }, async () => {
    await updateMove(ctx, id, { endedAt: new Date(ctx.clock.now()), endedBy: shownActor(ctx.actor) });
    return { value: null };
  });
});
