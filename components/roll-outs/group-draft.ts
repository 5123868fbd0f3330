import { planRollOut, type RollOutPlan } from "@/lib/fleet/roll-outs/plan-roll-out";
import type { RollOutChoice, RollOutPreferences, RollOutPreview } from "@/lib/fleet/roll-outs/types";
import { type WayBack, wayBackOf } from "@/lib/fleet/roll-outs/way-back";
import { isWhole, readTyped, type TypedPreferences, typed } from "./preference-fields";

/** What somebody changed of a roll-out to a group before it is started; the rest is as the group suggests. */
export type GroupEdit = { to?: RollOutChoice; pin?: boolean; fields?: TypedPreferences };

/** What would be started, and what follows from it. */
export type GroupDraft = {
  choice: RollOutChoice;
  pin: boolean;
  fields: TypedPreferences;
  preferences: RollOutPreferences;
  wayBack: WayBack;
  /** Whether the AMI that a parameter holds is what changes, and not the version. */
  isParameter: boolean;
  /** Undefined while what is typed is no number. */
  plan?: RollOutPlan;
};

/** A roll-out to a group as it stands in the form. */
export function draftOf(preview: RollOutPreview, edit: GroupEdit): GroupDraft {
  const choice = edit.to ?? preview.suggested ?? { version: preview.current ?? 0 };
  const pin = edit.pin ?? true;
  const fields = edit.fields ?? typed(preview.defaults);
  const version = "version" in choice ? choice.version : undefined;
  const wayBack = wayBackOf(preview, choice, pin);
  const isParameter =
    version !== undefined &&
    version === preview.current &&
    preview.versions.some(({ number, parameter }) => number === version && parameter !== undefined);
  const read = readTyped(fields);
  const preferences = {
    ...read,
    autoRollback: read.autoRollback && wayBack.isPossible,
    skipMatching: read.skipMatching && !isParameter,
  };
  const { instances, desired } = preview;
  return {
    ...{ choice, pin, fields, preferences, wayBack, isParameter },
    ...(isWhole(preferences) && { plan: planRollOut({ instances, desired, version, preferences }) }),
  };
}

/** How many instances a plan replaces. */
export const replacedBy = ({ replaced, leftOver }: RollOutPlan): number => replaced.length - leftOver;
