import "server-only";
import { listImagePackages } from "@/lib/image-builder/image-contents/list-image-packages";
import { versionChanges } from "@/lib/image-builder/image-contents/version-changes";
import { unlessFailed } from "@/lib/use-case/unless-failed";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import type { Asked } from "./open-question";
import { readNewestImages } from "./statistics/read-newest-images";
import type { PackageChanges } from "./types";

/** Each costs up to 20 calls of AWS: the lists have 25 rows a page. */
const MOST_IMAGES = 6;

/**
 * What packages came, went and moved from one good image of a pipeline to the next, newest first, as far as AWS
 * still has their lists: it collects them where the pipeline asks for enhanced metadata.
 */
export async function packageChanges(
  { orm, scope, range, question }: Asked,
  ctx: UseCaseContext,
): Promise<Omit<PackageChanges, "range">> {
  if (question.pipeline === undefined) return { images: [], changes: [] };
  const newest = await readNewestImages(orm, scope, { range, limit: MOST_IMAGES });
  const listed = await Promise.all(
    newest
      // Another target's packages are another account's to tell.
      .filter(({ target }) => target === ctx.target.id)
      .map(async (image) => {
        const { name, version, build } = image;
        const list = await unlessFailed(
          listImagePackages({ ctx, input: { name, version, build } }),
          undefined,
        );
        return { image, packages: list.value?.packages ?? [] };
      }),
  );
  const known = listed.filter(({ packages }) => packages.length > 0);
  return {
    images: known.map(({ image, packages }) => ({ ...image, packages: packages.length })),
    changes: known.flatMap(({ image, packages }, index) => {
      const before = known[index + 1];
      if (!before) return [];
      return versionChanges(before.packages, packages).changes.map((change) => ({ ...change, of: image }));
    }),
  };
}
