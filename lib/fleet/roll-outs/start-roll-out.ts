import "server-only";
import { ConsoleFailure } from "@/lib/core/failure";
import { useCase } from "@/lib/use-case/use-case";
import { beginRefresh, recordedStart } from "./begin-refresh";
import { authorizeImages, readRollOutFacts } from "./read-roll-out-facts";
import { startRollOutSchema } from "./schemas";
import type { RollOutPreview } from "./types";
import { wayBackOf } from "./way-back";

/**
 * Starts a roll-out of a version, or of an AMI for which a version is created, to a group, and returns its ID. Everything
 * that the group runs or would start is asked for by its image's name. Throws `conflict` where a refresh is in progress.
 */
export const startRollOut = useCase(
  "start-roll-out",
  startRollOutSchema,
  async ({ ctx, input: { region, group, to, pin, preferences } }): Promise<{ id: string }> => {
    const facts = await readRollOutFacts(ctx, { region, group });
    const { preview } = facts;
    const targetNames = imageNamesOf(preview, to);
    const imageNames = [...new Set([...facts.imageNames, ...targetNames])];
    await authorizeImages(ctx, "start-roll-out", imageNames);
    requirePossible(preview, to);
    const { template, current, running, versions } = preview;
    if (!template) throw new Error("A group without a launch template was let through.");
    const wayBack = wayBackOf(preview, to, pin);
    if (preferences.autoRollback && !wayBack.isPossible)
      throw new ConsoleFailure({
        code: "invalid",
        message: `AWS can't roll back by itself here. ${wayBack.why}`,
        fields: { "preferences.autoRollback": wayBack.why },
      });
    const isSame = "version" in to && to.version === current;
    const movesParameter =
      isSame && versions.some(({ number, parameter }) => number === current && parameter);
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
      },
    );
  },
);

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
