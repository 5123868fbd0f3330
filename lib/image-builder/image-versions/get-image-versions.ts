import "server-only";
import { ListImageBuildVersionsCommand } from "@aws-sdk/client-imagebuilder";
import { collectPages } from "@/lib/aws/paginate";
import { atVersion } from "@/lib/core/arn";
import { ConsoleFailure } from "@/lib/core/failure";
import { groupBy } from "@/lib/definitions/group-by";
import { useCase } from "@/lib/use-case/use-case";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { newestFirst } from "../image-builds/pipeline-builds";
import { toImageBuildSummary } from "../image-builds/to-image-build-summary";
import type { ImageBuildSummary } from "../image-builds/types";
import { ownedImages, toImageSummary } from "./owned-images";
import { imageNameSchema } from "./schemas";
import type { ImageVersions } from "./types";

/** Pages of 25: as many builds as anybody looks through by hand. */
const MAX_PAGES = 20;

/** An image by the name in its ARN, with all its versions and, of one's own, their builds. Throws `not-found`. */
export const getImageVersions = useCase(
  "get-image-versions",
  imageNameSchema,
  async ({ ctx, input: { name, owner } }): Promise<ImageVersions> => {
    const versions = (await ownedImages(ctx, owner)).get(name) ?? [];
    const summary = toImageSummary(name, versions);
    if (!summary) {
      throw new ConsoleFailure({ code: "not-found", message: `${ctx.target.label} has no image "${name}".` });
    }
    let isCut = false;
    const onCut = () => {
      isCut = true;
    };
    const builds = owner === "Self" ? await buildsOf(ctx, summary.displayName, onCut) : [];
    const byVersion = groupBy(
      builds.filter((build) => build.name === name),
      ({ version }) => version,
    );
    return {
      ...summary,
      isCut,
      followedArn: atVersion(summary.arn, "x.x.x"),
      versions: versions.flatMap(({ arn, version, dateCreated }) =>
        arn && version
          ? [{ arn, version, createdAt: dateCreated, builds: newestFirst(byVersion.get(version) ?? []) }]
          : [],
      ),
    };
  },
);

async function buildsOf(
  { aws }: UseCaseContext,
  displayName: string,
  onCut: () => void,
): Promise<ImageBuildSummary[]> {
  const listed = await collectPages({
    load: async (nextToken) => {
      const command = new ListImageBuildVersionsCommand({
        filters: [{ name: "name", values: [displayName] }],
        maxResults: 25,
        nextToken,
      });
      const page = await aws.imageBuilder.read(command, { freshForMs: 4_000 });
      return { items: page.imageSummaryList, next: page.nextToken };
    },
    maxPages: MAX_PAGES,
    onCut,
  });
  return listed.flatMap((image) => toImageBuildSummary(image) ?? []);
}
