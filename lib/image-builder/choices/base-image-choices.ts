import "server-only";
import { DescribeImagesCommand } from "@aws-sdk/client-ec2";
import { type ImageVersion, ListImagesCommand } from "@aws-sdk/client-imagebuilder";
import { DescribeParametersCommand } from "@aws-sdk/client-ssm";
import { collectPages } from "@/lib/aws/paginate";
import { atVersion, parseImageBuilderArn } from "@/lib/core/arn";
import { compareVersions } from "@/lib/definitions/resource-versions";
import { mayName, maySee } from "@/lib/use-case/authorize-names";
import { thingsNamedIn } from "@/lib/use-case/named-things";
import { unlessFailed } from "@/lib/use-case/unless-failed";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import type { Choice, ChoiceList } from "./types";

const FRESH_FOR_MS = 10_000;
/** Amazon releases images a few times a month. */
const AMAZON_FRESH_FOR_MS = 600_000;
const MAX_AMIS = 500;

/**
 * What a recipe can begin with: Amazon's images and the account's own, each followed at its newest version, the
 * account's AMIs, and the parameters that hold one. A source that fails is left out with its reason.
 */
export async function baseImageChoices(ctx: UseCaseContext): Promise<ChoiceList> {
  const cut: string[] = [];
  const onCut = (count: number) =>
    cut.push(`Only the latest ${MAX_AMIS} of ${count} AMIs are listed. Type the ID of an older one.`);
  const sources = await Promise.all(
    [
      imagesOf(ctx, "Amazon"),
      imagesOf(ctx, "Self"),
      imagesOf(ctx, "Shared"),
      amis(ctx, onCut),
      parameters(ctx),
    ].map((source) => unlessFailed(source, [])),
  );
  const reasons = [...sources.flatMap(({ reason = [] }) => reason), ...cut];
  return {
    choices: sources.flatMap(({ value }) => value),
    reason: reasons.length > 0 ? reasons.join(" ") : undefined,
  };
}

const GROUPS = {
  Amazon: "Managed by Amazon",
  Self: "Owned by this account",
  Shared: "Shared with this account",
};

async function imagesOf(ctx: UseCaseContext, owner: keyof typeof GROUPS): Promise<Choice[]> {
  const { aws } = ctx;
  const versions = await collectPages({
    load: async (nextToken) => {
      const command = new ListImagesCommand({ owner, byName: true, maxResults: 25, nextToken });
      const page = await aws.imageBuilder.read(command, {
        freshForMs: owner === "Amazon" ? AMAZON_FRESH_FOR_MS : FRESH_FOR_MS,
      });
      return { items: page.imageVersionList, next: page.nextToken };
    },
  });
  // Asked by name AWS should give one version each; more than one does no harm here.
  const newest = new Map<string, ImageVersion>();
  for (const version of versions) {
    const followed = followedArn(version.arn);
    if (!maySee(ctx, { kind: "image", arn: version.arn ?? "", name: version.name ?? "" })) continue;
    if (followed && compareVersions(version.version, newest.get(followed)?.version) >= 0)
      newest.set(followed, version);
  }
  return [...newest]
    .map(([value, { name = value, version, platform, osVersion, type }]) => ({
      value,
      label: name,
      detail: [osVersion ?? platform, version && `now ${version}`].filter(Boolean).join(", "),
      group: GROUPS[owner],
      platform,
      osVersion,
      imageType: type,
    }))
    .toSorted((a, b) => a.label.localeCompare(b.label));
}

/** The ARN of an image with `x.x.x` for its version: https://docs.aws.amazon.com/imagebuilder/latest/userguide/ibhow-semantic-versioning.html */
function followedArn(arn = ""): string | undefined {
  return parseImageBuilderArn(arn) && atVersion(arn, "x.x.x");
}

async function amis({ aws }: UseCaseContext, onCut: (count: number) => void): Promise<Choice[]> {
  const images = await collectPages({
    load: async (NextToken) => {
      const command = new DescribeImagesCommand({
        Owners: ["self"],
        Filters: [{ Name: "state", Values: ["available"] }],
        MaxResults: 1000,
        NextToken,
      });
      const page = await aws.ec2.read(command, { freshForMs: FRESH_FOR_MS });
      return { items: page.Images, next: page.NextToken };
    },
  });
  if (images.length > MAX_AMIS) onCut(images.length);
  return images
    .toSorted((a, b) => (b.CreationDate ?? "").localeCompare(a.CreationDate ?? ""))
    .slice(0, MAX_AMIS)
    .map(({ ImageId = "", Name, Architecture, CreationDate = "", Platform }) => ({
      value: ImageId,
      label: Name ?? ImageId,
      detail: [ImageId, Architecture, CreationDate.slice(0, 10)].filter(Boolean).join(", "),
      group: "AMIs of this account",
      platform: Platform?.toLowerCase() === "windows" ? "Windows" : "Linux",
      imageType: "AMI",
    }));
}

async function parameters(ctx: UseCaseContext): Promise<Choice[]> {
  const found = await collectPages({
    load: async (NextToken) => {
      const command = new DescribeParametersCommand({
        ParameterFilters: [{ Key: "DataType", Option: "Equals", Values: ["aws:ec2:image"] }],
        MaxResults: 50,
        NextToken,
      });
      const page = await ctx.aws.ssm.read(command, { freshForMs: FRESH_FOR_MS });
      return { items: page.Parameters, next: page.NextToken };
    },
  });
  const mayUse = (value: string) =>
    thingsNamedIn(value).every((thing) => mayName(ctx, "list-choices", thing));
  return found.flatMap(({ Name }) =>
    Name && mayUse(`ssm:${Name}`)
      ? [
          {
            value: `ssm:${Name}`,
            label: Name,
            detail: "the AMI that the parameter holds at each build",
            group: "Parameters that hold an AMI",
            imageType: "AMI",
          },
        ]
      : [],
  );
}
