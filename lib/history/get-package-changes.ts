import "server-only";
import { ListImagePackagesCommand } from "@aws-sdk/client-imagebuilder";
import { authorize } from "@/lib/auth/authorize";
import { collectPages } from "@/lib/aws/paginate";
import { ConsoleFailure } from "@/lib/image-builder/action-result";
import type { UseCase, UseCaseContext } from "@/lib/image-builder/use-case-context";
import { comparePackages } from "./compare-packages";
import { openQuestion } from "./open-question";
import { type HistoryQuestion, historyQuestionSchema } from "./schemas";
import { readNewestImages } from "./statistics/read-newest-images";
import type { PackageChanges } from "./types";

/** Each costs up to 20 calls of AWS: the lists have 25 rows a page. */
const MOST_IMAGES = 6;
/** What an image was made with does not change. */
const FRESH_FOR_MS = 3_600_000;

/**
 * What packages came, went and moved from one good image of a pipeline to the next, newest first, as far as AWS
 * still has their lists: it collects them where the pipeline asks for enhanced metadata.
 * https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_ListImagePackages.html
 */
export async function getPackageChanges({ ctx, input }: UseCase<HistoryQuestion>): Promise<PackageChanges> {
  await authorize(ctx, "get-package-changes");
  const question = historyQuestionSchema.parse(input);
  const { orm, scope, range } = await openQuestion(ctx, question);
  if (question.pipeline === undefined) return { range, images: [], changes: [] };
  const builds = (await readNewestImages(orm, scope, { range, limit: MOST_IMAGES })).filter(
    ({ target }) => target === ctx.target.id,
  );
  const listed = await Promise.all(
    builds.map(async ({ arn, ...image }) => ({ image, packages: await readPackages(ctx, arn) })),
  );
  const known = listed.filter(({ packages }) => packages.size > 0);
  return {
    range,
    images: known.map(({ image, packages }) => ({ ...image, packages: packages.size })),
    changes: known.flatMap(({ image, packages }, index) => {
      const before = known[index + 1];
      return before
        ? comparePackages(before.packages, packages).map((change) => ({ ...change, of: image }))
        : [];
    }),
  };
}

/** Versions by package; empty for an image that AWS has no list of. */
async function readPackages(ctx: UseCaseContext, imageBuildVersionArn: string): Promise<Map<string, string>> {
  try {
    const packages = await collectPages({
      load: async (nextToken) => {
        const command = new ListImagePackagesCommand({ imageBuildVersionArn, maxResults: 25, nextToken });
        const page = await ctx.aws.imageBuilder.read(command, { freshForMs: FRESH_FOR_MS });
        return { items: page.imagePackageList, next: page.nextToken };
      },
    });
    return new Map(
      packages.map(({ packageName = "", packageVersion = "" }) => [packageName, packageVersion]),
    );
  } catch (error) {
    if (error instanceof ConsoleFailure && error.detail.code === "not-found") return new Map();
    throw error;
  }
}
