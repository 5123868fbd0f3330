"use server";
import type { ActionResult } from "@/lib/core/failure";
import { type AmiCopy, copyAmi } from "@/lib/fleet/amis/copy-ami";
import { createAmi } from "@/lib/fleet/amis/create-ami";
import { deprecateAmi } from "@/lib/fleet/amis/deprecate-ami";
import { deregisterAmi, type SnapshotOutcome } from "@/lib/fleet/amis/deregister-ami";
import { disableAmi } from "@/lib/fleet/amis/disable-ami";
import { enableAmi } from "@/lib/fleet/amis/enable-ami";
import { previewAmiSharing } from "@/lib/fleet/amis/preview-ami-sharing";
import { protectAmi } from "@/lib/fleet/amis/protect-ami";
import { requestAmiUsage } from "@/lib/fleet/amis/request-ami-usage";
import { shareAmi } from "@/lib/fleet/amis/share-ami";
import type { AmiSharingPreview } from "@/lib/fleet/amis/types";
import { writeAction } from "./write-action";

type OfAmi = { target: string; region: string; amiId: string };
type Holders = { accounts: string[]; organizationArns: string[]; organizationalUnitArns: string[] };

/** Hides an AMI from others' lists; with `at: null` shows it again. */
export async function deprecateAmiAction(
  request: OfAmi & { at?: string | null },
): Promise<ActionResult<null>> {
  return writeAction(request, (ctx, input) => deprecateAmi({ ctx, input }));
}

/** Stops launches from an AMI and keeps its sharing. */
export async function disableAmiAction(request: OfAmi): Promise<ActionResult<null>> {
  return writeAction(request, (ctx, input) => disableAmi({ ctx, input }));
}

/** Lets instances start from an AMI again, shared as before when asked. */
export async function enableAmiAction(request: OfAmi & { shareAgain: boolean }): Promise<ActionResult<null>> {
  return writeAction(request, (ctx, input) => enableAmi({ ctx, input }));
}

/** Removes an AMI; says which snapshots stayed. */
export async function deregisterAmiAction(
  request: OfAmi & { deleteSnapshots: boolean },
): Promise<ActionResult<{ stayed: SnapshotOutcome[] }>> {
  return writeAction(request, (ctx, input) => deregisterAmi({ ctx, input }));
}

/** Turns deregistration protection on or off. */
export async function protectAmiAction(
  request: OfAmi & { protection: "on" | "with-cooldown" | "off" },
): Promise<ActionResult<null>> {
  return writeAction(request, (ctx, input) => protectAmi({ ctx, input }));
}

/** Whether these could launch the AMI with its keys. */
export async function previewAmiSharingAction(
  request: OfAmi & Holders,
): Promise<ActionResult<AmiSharingPreview>> {
  return writeAction(request, (ctx, input) => previewAmiSharing({ ctx, input }));
}

/** Lets exactly these launch an AMI. */
export async function shareAmiAction(
  request: OfAmi & Holders & { evenWithoutKey: boolean },
): Promise<ActionResult<null>> {
  return writeAction(request, (ctx, input) => shareAmi({ ctx, input }));
}

/** Begins copies of an AMI in Regions. */
export async function copyAmiAction(
  request: OfAmi & { name: string; token: string; copies: { region: string; keyId?: string }[] },
): Promise<ActionResult<{ copies: AmiCopy[] }>> {
  return writeAction(request, (ctx, input) => copyAmi({ ctx, input }));
}

/** Begins an AMI of an instance. */
export async function createAmiAction(request: {
  target: string;
  region: string;
  instanceId: string;
  name: string;
  description?: string;
  reboot: boolean;
}): Promise<ActionResult<{ region: string; amiId: string }>> {
  return writeAction(request, (ctx, input) => createAmi({ ctx, input }));
}

/** Has AWS report how other accounts use an AMI. */
export async function requestAmiUsageAction(request: OfAmi): Promise<ActionResult<null>> {
  return writeAction(request, (ctx, input) => requestAmiUsage({ ctx, input }));
}
