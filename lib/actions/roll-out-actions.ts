"use server";
import type { ActionResult } from "@/lib/core/failure";
import { copyLaunchConfiguration } from "@/lib/fleet/launch-configurations/copy-launch-configuration";
import { cancelRollOut } from "@/lib/fleet/roll-outs/cancel-roll-out";
import { continueRollOut } from "@/lib/fleet/roll-outs/continue-roll-out";
import { returnRollOut } from "@/lib/fleet/roll-outs/return-roll-out";
import { rollBackRollOut } from "@/lib/fleet/roll-outs/roll-back-roll-out";
import { startRollOut } from "@/lib/fleet/roll-outs/start-roll-out";
import type { RollOutChoice, RollOutPreferences } from "@/lib/fleet/roll-outs/types";
import { continueRollOutSeries } from "@/lib/fleet/series/continue-roll-out-series";
import { endRollOutSeries } from "@/lib/fleet/series/end-roll-out-series";
import { skipSeriesGroup } from "@/lib/fleet/series/skip-series-group";
import { startRollOutSeries } from "@/lib/fleet/series/start-roll-out-series";
import type { PlannedGroup } from "@/lib/fleet/series/types";
import { writeAction } from "./write-action";

/** Starts a roll-out to a group and returns its ID. */
export async function startRollOutAction(request: {
  target: string;
  region: string;
  group: string;
  to: RollOutChoice;
  pin: boolean;
  preferences: RollOutPreferences;
}): Promise<ActionResult<{ id: string }>> {
  return writeAction(request, (ctx, input) => startRollOut({ ctx, input }));
}

/** Stops replacing instances; what was replaced stays. */
export async function cancelRollOutAction(request: {
  target: string;
  id: string;
}): Promise<ActionResult<null>> {
  return writeAction(request, (ctx, input) => cancelRollOut({ ctx, input }));
}

/** Has AWS roll back what this refresh replaced. */
export async function rollBackRollOutAction(request: {
  target: string;
  id: string;
}): Promise<ActionResult<null>> {
  return writeAction(request, (ctx, input) => rollBackRollOut({ ctx, input }));
}

/** Replaces the rest of the instances in a new roll-out, whose ID it returns. */
export async function continueRollOutAction(request: {
  target: string;
  id: string;
}): Promise<ActionResult<{ id: string }>> {
  return writeAction(request, (ctx, input) => continueRollOut({ ctx, input }));
}

/** Returns the group to the version before in a new roll-out, whose ID it returns. */
export async function returnRollOutAction(request: {
  target: string;
  id: string;
}): Promise<ActionResult<{ id: string }>> {
  return writeAction(request, (ctx, input) => returnRollOut({ ctx, input }));
}

/** Plans a roll-out of several groups in order, starts the first, and returns the ID of the whole. */
export async function startRollOutSeriesAction(request: {
  target: string;
  groups: PlannedGroup[];
}): Promise<ActionResult<{ id: string }>> {
  return writeAction(request, (ctx, input) => startRollOutSeries({ ctx, input }));
}

/** Starts the group whose turn it is. */
export async function continueRollOutSeriesAction(request: {
  target: string;
  id: string;
  position: number;
}): Promise<ActionResult<{ id: string }>> {
  return writeAction(request, (ctx, input) => continueRollOutSeries({ ctx, input }));
}

/** Leaves the group out whose turn it is. */
export async function skipSeriesGroupAction(request: {
  target: string;
  id: string;
  position: number;
}): Promise<ActionResult<null>> {
  return writeAction(request, (ctx, input) => skipSeriesGroup({ ctx, input }));
}

/** Ends a roll-out of several groups; what was not started stays as it is. */
export async function endRollOutSeriesAction(request: {
  target: string;
  id: string;
}): Promise<ActionResult<null>> {
  return writeAction(request, (ctx, input) => endRollOutSeries({ ctx, input }));
}

/** Copies a group's launch configuration to a launch template, which the group starts instances with from then on. */
export async function copyLaunchConfigurationAction(request: {
  target: string;
  region: string;
  group: string;
  name: string;
}): Promise<ActionResult<null>> {
  return writeAction(request, (ctx, input) => copyLaunchConfiguration({ ctx, input }));
}
