import "server-only";
import { DescribeImagesCommand } from "@aws-sdk/client-ec2";
import { ownerOf, parseImageBuilderArn } from "@/lib/core/arn";
import { IMAGE_OWNERS } from "@/lib/core/resource-names";
import { unlessFailed } from "@/lib/use-case/unless-failed";
import { useCase } from "@/lib/use-case/use-case";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { getImageBuild } from "../image-builds/get-image-build";
import { readBaseAmi } from "../image-builds/read-base-ami";
import { imageBuildKeySchema } from "../image-builds/schemas";
import { ownedImages } from "../image-versions/owned-images";
import type { BaseImage } from "./types";

const AMI_FRESH_FOR_MS = 600_000;

/**
 * What a build began from, as people call it: the image's own name in place of its ARN, and the AMI that it came to.
 * Each source that fails leaves out its own part.
 */
export const describeBaseImage = useCase(
  "describe-base-image",
  imageBuildKeySchema,
  async ({ ctx, input: key }): Promise<BaseImage> => {
    const build = await getImageBuild({ ctx, input: key });
    const reference = build.parentImage ?? "";
    const [image, resolved] = await Promise.all([
      unlessFailed(nameOfReference(ctx, reference), undefined),
      /^ami-/.test(reference)
        ? { value: reference, reason: undefined }
        : unlessFailed(readBaseAmi(ctx, build), undefined),
    ]);
    const amiName = resolved.value
      ? await unlessFailed(nameOfAmi(ctx, resolved.value), undefined)
      : { value: undefined, reason: undefined };
    const named = image.value ?? inShort(reference);
    return {
      ...named,
      amiId: resolved.value,
      amiName: amiName.value,
      hidden: [image.reason, resolved.reason, amiName.reason].filter((reason) => reason !== undefined),
    };
  },
);

type Named = Pick<BaseImage, "name" | "version" | "ownImage">;

/** What the reference says by itself. */
function inShort(reference: string): Named {
  const { name = reference, version, build } = parseImageBuilderArn(reference) ?? {};
  return { name, version: [version, build].filter(Boolean).join("/") || undefined };
}

async function nameOfReference(ctx: UseCaseContext, reference: string): Promise<Named | undefined> {
  const owner = ownerOf(reference, ctx.target.accountId);
  const known = IMAGE_OWNERS.find((each) => each === owner);
  const short = inShort(reference);
  if (!known) return undefined;
  const images = await ownedImages(ctx, known);
  const displayName = images.get(short.name)?.[0]?.name;
  return {
    ...short,
    name: displayName ?? short.name,
    ...(known === "Self" && { ownImage: short.name }),
  };
}

async function nameOfAmi({ aws }: UseCaseContext, imageId: string): Promise<string | undefined> {
  // By a filter: an AMI that is gone is an empty answer then, and no error.
  const Filters = [{ Name: "image-id", Values: [imageId] }];
  const command = new DescribeImagesCommand({ Filters, IncludeDeprecated: true });
  const { Images = [] } = await aws.ec2.read(command, { freshForMs: AMI_FRESH_FOR_MS });
  return Images[0]?.Name;
}
