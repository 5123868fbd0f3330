import "server-only";
import { type ImageSummary, ListImageBuildVersionsCommand } from "@aws-sdk/client-imagebuilder";
import { collectPages } from "@/lib/aws/paginate";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { toImageBuildSummary } from "../image-builds/to-image-build-summary";
import { isInScope, type LifecycleScope } from "./judge-images";
import type { LifecycleImage } from "./types";

const FRESH_FOR_MS = 15_000;
/** 25 a page: more than this takes longer than a person waits for a preview. */
const MAX_PAGES = 80;

/** The builds of the account that a policy looks at. AWS lists all of them; there is no list by recipe. */
export async function imagesInScope(
  { aws }: UseCaseContext,
  policy: LifecycleScope,
): Promise<{ images: LifecycleImage[]; doubts: string[] }> {
  let isCut = false;
  const builds = await collectPages({
    maxPages: MAX_PAGES,
    onCut: () => {
      isCut = true;
    },
    load: async (nextToken) => {
      const command = new ListImageBuildVersionsCommand({ maxResults: 25, nextToken });
      const page = await aws.imageBuilder.read(command, { freshForMs: FRESH_FOR_MS });
      return { items: page.imageSummaryList, next: page.nextToken };
    },
  });
  return {
    images: builds
      .flatMap((build) => toLifecycleImage(build) ?? [])
      .filter((image) => isInScope(policy, image)),
    doubts: isCut ? [`Only the first ${MAX_PAGES * 25} builds that AWS lists were looked at.`] : [],
  };
}

function toLifecycleImage(image: ImageSummary): LifecycleImage | undefined {
  const summary = toImageBuildSummary(image);
  if (!summary) return undefined;
  const { arn, name, version, build, type, status, createdAt, amis, containers } = summary;
  return { arn, name, version, build, type, status, createdAt, amis, containers, tags: image.tags ?? {} };
}
