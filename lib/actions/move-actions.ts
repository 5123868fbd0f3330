"use server";
import type { ActionResult } from "@/lib/core/failure";
import { beginMove } from "@/lib/fleet/moves/begin-move";
import { changeMove } from "@/lib/fleet/moves/change-move";
import { copyMoveAmi } from "@/lib/fleet/moves/copy-move-ami";
import { createMoveAmi } from "@/lib/fleet/moves/create-move-ami";
import { endMove } from "@/lib/fleet/moves/end-move";
import { launchMovedInstance } from "@/lib/fleet/moves/launch-moved-instance";
import { stopMovedInstance } from "@/lib/fleet/moves/stop-moved-instance";
import type { MoveDestination } from "@/lib/fleet/moves/types";
import { writeAction } from "./write-action";

type OfMove = { target: string; id: string };

/** Writes down that an instance is to be moved. */
export async function beginMoveAction(request: {
  target: string;
  region: string;
  instanceId: string;
  destination: MoveDestination;
  reboot: boolean;
}): Promise<ActionResult<{ id: string }>> {
  return writeAction(request, (ctx, input) => beginMove({ ctx, input }));
}

/** Chooses another subnet, type, or key in the same Region. */
export async function changeMoveAction(
  request: OfMove & { destination: MoveDestination },
): Promise<ActionResult<null>> {
  return writeAction(request, (ctx, input) => changeMove({ ctx, input }));
}

/** Begins the AMI of the instance. */
export async function createMoveAmiAction(request: OfMove): Promise<ActionResult<{ amiId: string }>> {
  return writeAction(request, (ctx, input) => createMoveAmi({ ctx, input }));
}

/** Begins the copy of that AMI in another Region. */
export async function copyMoveAmiAction(request: OfMove): Promise<ActionResult<{ amiId: string }>> {
  return writeAction(request, (ctx, input) => copyMoveAmi({ ctx, input }));
}

/** Starts the new instance. */
export async function launchMovedInstanceAction(
  request: OfMove,
): Promise<ActionResult<{ instanceId: string }>> {
  return writeAction(request, (ctx, input) => launchMovedInstance({ ctx, input }));
}

/** Stops the old instance. */
export async function stopMovedInstanceAction(request: OfMove): Promise<ActionResult<null>> {
  return writeAction(request, (ctx, input) => stopMovedInstance({ ctx, input }));
}

/** Ends the move where it stands. */
export async function endMoveAction(request: OfMove): Promise<ActionResult<null>> {
  return writeAction(request, (ctx, input) => endMove({ ctx, input }));
}
