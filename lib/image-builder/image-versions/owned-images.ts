import "server-only";
import { type ImageVersion, ListImagesCommand } from "@aws-sdk/client-imagebuilder";
import { collectPages } from "@/lib/aws/paginate";
import { parseImageBuilderArn } from "@/lib/core/arn";
import type { ImageOwner } from "@/lib/core/resource-names";
import { groupBy } from "@/lib/definitions/group-by";
import { compareVersions } from "@/lib/definitions/resource-versions";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { toInstant } from "../image-builds/to-image-build-summary";
import type { ImageSummary } from "./types";

const OWN_FRESH_FOR_MS = 5_000;
/** Amazon's and third parties' lists change by the week. */
const OTHERS_FRESH_FOR_MS = 600_000;

/** Every version of every image of an owner, by the name in its ARN, newest version first. */
export async function ownedImages(
  { aws }: UseCaseContext,
  owner: ImageOwner,
): Promise<Map<string, ImageVersion[]>> {
  const listed = await collectPages({
    load: async (nextToken) => {
      const command = new ListImagesCommand({ owner, includeDeprecated: true, maxResults: 25, nextToken });
      const page = await aws.imageBuilder.read(command, {
        freshForMs: owner === "Self" || owner === "Shared" ? OWN_FRESH_FOR_MS : OTHERS_FRESH_FOR_MS,
      });
      return { items: page.imageVersionList, next: page.nextToken };
    },
  });
  const named = listed.filter(({ arn, version }) => version && nameIn(arn));
  const groups = groupBy(named, ({ arn }) => nameIn(arn) ?? "");
  return new Map(
    [...groups].map(([name, versions]) => [
      name,
      versions.toSorted((a, b) => compareVersions(b.version, a.version)),
    ]),
  );
}

const nameIn = (arn: string | undefined) => parseImageBuilderArn(arn ?? "")?.name;

/** Undefined for a name without a version. */
export function toImageSummary(name: string, versions: readonly ImageVersion[]): ImageSummary | undefined {
  const [newest] = versions;
  if (!newest?.arn || !newest.version) return undefined;
  return {
    name,
    displayName: newest.name ?? name,
    arn: newest.arn,
    version: newest.version,
    versionCount: versions.length,
    type: newest.type ?? "AMI",
    platform: newest.platform,
    osVersion: newest.osVersion,
    source: newest.imageSource,
    owner: newest.owner,
    createdAt: toInstant(newest.dateCreated),
  };
}
