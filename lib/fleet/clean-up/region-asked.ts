import { permits } from "@/lib/auth/permissions";
import type { AwsAccess } from "@/lib/aws/types";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import type { StoredRollOut } from "../roll-outs/roll-out-rows";
import type { Definitions } from "./read-definitions";
import type { Made, Thing, Use } from "./types";

/** One Region of a clean-up, and what every thing of it is held against. */
export type RegionAsked = {
  ctx: UseCaseContext;
  aws: AwsAccess;
  region: string;
  /** Of this Region and account only. */
  made: Made;
  definitions: Definitions;
  /** Regions in which the steps for AMIs can be taken: those that the history knows. */
  knownRegions: ReadonlySet<string>;
  /** Roll-outs of this Region that have not ended. */
  rollOuts: StoredRollOut[];
};

export const idOf = (kind: Thing["kind"], region: string, name: string) => `${kind} ${region} ${name}`;

export const idOfRollOut = ({ id }: Pick<StoredRollOut, "id">) => `roll-out ${id}`;

/** Use by roll-outs that have not ended. */
export const byRollOuts = (
  { rollOuts }: Pick<RegionAsked, "rollOuts">,
  concerns: (one: StoredRollOut) => boolean,
): Use[] =>
  rollOuts
    .filter(concerns)
    .map((one) => ({ id: idOfRollOut(one), text: `the roll-out to ${one.groupName}` }));

/** Why the actor cannot remove what belongs to an image or a resource of this name. */
export const outsideRole = (
  { ctx }: Pick<RegionAsked, "ctx">,
  action:
    | "run-clean-up-step"
    | "deregister-ami"
    | "delete-image-build"
    | "delete-resource"
    | "cancel-roll-out",
  name: string,
): string[] =>
  permits(ctx.actor, action, ctx.target.id, name) ? [] : ["Your role doesn't cover removing it."];
