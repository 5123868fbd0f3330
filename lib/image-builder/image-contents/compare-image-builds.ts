import "server-only";
import { parseImageBuilderArn } from "@/lib/core/arn";
import { changesInWords } from "@/lib/definitions/changes-in-words";
import type { JsonObject } from "@/lib/definitions/types";
import { unlessFailed } from "@/lib/use-case/unless-failed";
import { useCase } from "@/lib/use-case/use-case";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { getImageBuild } from "../image-builds/get-image-build";
import { readBaseAmi } from "../image-builds/read-base-ami";
import type { ImageBuild } from "../image-builds/types";
import { getImageDefinition } from "./get-image-definition";
import { listImagePackages } from "./list-image-packages";
import { previousBuild } from "./previous-build";
import { comparisonSchema } from "./schemas";
import type { ImageComparison, ImageDefinition } from "./types";
import { versionChanges } from "./version-changes";

/** What of an image differs from that of `before`, or from the last good one of its pipeline or name. */
export const compareImageBuilds = useCase(
  "compare-image-builds",
  comparisonSchema,
  async ({ ctx, input: { before: wanted, ...key } }): Promise<ImageComparison> => {
    const build = await getImageBuild({ ctx, input: key });
    const before = wanted ?? (await previousBuild(ctx, build));
    if (!before) {
      return {
        reason: `There is no successful build of ${build.pipelineName ?? build.displayName} before this one.`,
      };
    }
    const [earlier, later] = await Promise.all([
      readSide(ctx, await getImageBuild({ ctx, input: before })),
      readSide(ctx, build),
    ]);
    const packages = versionChanges(earlier.packages, later.packages);
    // One side without an inventory would read as if every package had come or gone.
    const bothKnown = earlier.packages.length > 0 && later.packages.length > 0;
    return {
      before,
      base: { before: earlier.base, after: later.base },
      components: versionChanges(earlier.components, later.components).changes,
      settings: bothSettings(earlier.definition, later.definition),
      packages: bothKnown ? packages.changes : [],
      samePackages: bothKnown ? packages.same : 0,
      hidden: [
        ...new Set([...earlier.hidden, ...later.hidden]),
        ...(bothKnown ? [] : ["Package list not available for one of the builds."]),
      ],
    };
  },
);

async function readSide(ctx: UseCaseContext, build: ImageBuild) {
  const input = { name: build.name, version: build.version, build: build.build };
  const [packages, base, definition] = await Promise.all([
    unlessFailed(listImagePackages({ ctx, input }), undefined),
    unlessFailed(readBaseAmi(ctx, build), undefined),
    getImageDefinition({ ctx, input }),
  ]);
  return {
    packages: packages.value?.packages ?? [],
    base: base.value ?? build.parentImage,
    components: build.components.map(({ arn, name, version }) => ({
      name,
      version: [version, parseImageBuilderArn(arn)?.build].filter(Boolean).join("/"),
    })),
    definition,
    hidden: [packages.reason, base.reason].filter((reason) => reason !== undefined),
  };
}

function bothSettings(earlier: ImageDefinition, later: ImageDefinition) {
  const [before, after] = [settingsOf(earlier), settingsOf(later)];
  return { before, after, count: changesInWords(before, after).length };
}

/** What two versions differ in by their nature, and what is compared by itself. */
const LEFT_OUT = new Set(["arn", "dateCreated", "dateUpdated", "components", "tags", "owner"]);

function settingsOf(definition: ImageDefinition): JsonObject {
  const parts = Object.entries(definition).map(([part, members]): [string, JsonObject] => [
    part,
    Object.fromEntries(Object.entries(members ?? {}).filter(([name]) => !LEFT_OUT.has(name))),
  ]);
  return Object.fromEntries(parts);
}
