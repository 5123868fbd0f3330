import "server-only";
import { ConsoleFailure } from "@/lib/core/failure";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { beginRefresh, recordedStart } from "./begin-refresh";
import { authorizeImages, type RollOutFacts, readRollOutFacts } from "./read-roll-out-facts";
import type { RollOutChoice, RollOutPreferences, RollOutPreview } from "./types";
import { wayBackOf } from "./way-back";

/** What is started in one group. */
export type GroupStart = {
  region: string;
  group: string;
  to: RollOutChoice;
  /** Whether a group that follows a moving version is set to its number first. */
  pin: boolean;
  preferences: RollOutPreferences;
};

/** A start that was looked at, and is asked for by the images of its group. */
type CheckedStart = { facts: RollOutFacts; to: RollOutChoice; imageNames: string[] };

/**
 * Reads a group and holds a start of it against what it is now: first the actor's grants, by the names of all images that
 * the group runs or would start, then whether AWS would take it. Throws `forbidden` and `invalid`.
 * @param isRecorded whether the AMI was chosen earlier: it need not be the latest one of its pipeline anymore, and a
 *   version may name it meanwhile
 */
export async function checkGroupStart(
  ctx: UseCaseContext,
  { region, group, to: wanted, pin, preferences }: GroupStart,
  isRecorded = false,
): Promise<CheckedStart> {
  const recorded = isRecorded && "amiId" in wanted ? wanted.amiId : undefined;
  const facts = await readRollOutFacts(ctx, { region, group, recorded });
  const { preview } = facts;
  const made = recorded && preview.versions.find(({ amiId }) => amiId === recorded);
  const to = made ? { version: made.number } : wanted;
  const imageNames = [...new Set([...facts.imageNames, ...imageNamesOf(preview, to)])];
  await authorizeImages(ctx, "start-roll-out", imageNames);
  requirePossible(preview, to);
  const wayBack = wayBackOf(preview, to, pin);
  if (preferences.autoRollback && !wayBack.isPossible)
    throw new ConsoleFailure({
      code: "invalid",
      message: `AWS can't roll back by itself here. ${wayBack.why}`,
      fields: { "preferences.autoRollback": wayBack.why },
    });
  return { facts, to, imageNames };
}

/** Starts what was checked and returns the roll-out's ID. Throws `conflict` where a refresh is in progress. */
export async function startInGroup(
  ctx: UseCaseContext,
  { pin, preferences }: Pick<GroupStart, "pin" | "preferences">,
  { facts, to, imageNames }: CheckedStart,
  partOf?: { seriesId: string; id: string },
): Promise<{ id: string }> {
  const { template, current, running, versions } = facts.preview;
  if (!template) throw new Error("This group has no launch template.");
  const wayBack = wayBackOf(facts.preview, to, pin);
  const isSame = "version" in to && to.version === current;
  const movesParameter = isSame && versions.some(({ number, parameter }) => number === current && parameter);
  const before = wayBack.to ?? current ?? running ?? 0;
  return beginRefresh(
    ctx,
    "start-roll-out",
    { ...facts, imageNames },
    {
      to,
      preferences: movesParameter ? { ...preferences, skipMatching: false } : preferences,
      pinTo: pin ? wayBack.pinTo : undefined,
      withDesired: !isSame || (pin && wayBack.pinTo !== undefined),
      before: recordedStart(
        { templateId: template.id, templateName: template.name },
        template.follows,
        before,
        versions.find(({ number }) => number === before),
      ),
      ...(partOf && { partOf }),
    },
  );
}

/**
 * The image that is rolled out; "" for an AMI that no build made. A new version is what `$Latest` means from then on, also
 * to other groups: what it meant before must be the actor's as well.
 */
function imageNamesOf(
  { versions, newAmi }: RollOutPreview,
  to: { version: number } | { amiId: string },
): string[] {
  if ("amiId" in to)
    return [newAmi?.amiId === to.amiId ? newAmi.image.name : "", versions[0]?.build?.name ?? ""];
  return [versions.find(({ number }) => number === to.version)?.build?.name ?? ""];
}

function requirePossible(preview: RollOutPreview, to: { version: number } | { amiId: string }): void {
  const { obstacle, versions, newAmi } = preview;
  if (obstacle) throw new ConsoleFailure({ code: "invalid", message: obstacle });
  if ("amiId" in to) {
    if (newAmi?.amiId === to.amiId) return;
    throw new ConsoleFailure({
      code: "invalid",
      message: `${to.amiId} isn't the latest successful build of the group's pipeline, or a version of the launch template names it already.`,
      fields: { to: "Choose a version or the latest AMI." },
    });
  }
  const version = versions.find(({ number }) => number === to.version);
  if (!version)
    throw new ConsoleFailure({
      code: "invalid",
      message: `The launch template has no version ${to.version}.`,
      fields: { to: "Choose a version that exists." },
    });
  if (version.ami === "gone" || version.ami === "not available")
    throw new ConsoleFailure({
      code: "invalid",
      message: `The AMI of version ${to.version} can't be launched: it is ${version.ami === "gone" ? "gone" : "disabled"}.`,
      fields: { to: "Choose a version whose AMI can be launched." },
    });
}
