import "server-only";
import { DescribeImagesCommand, DescribeInstanceTypesCommand, type Image } from "@aws-sdk/client-ec2";
import {
  GetImageCommand,
  type ImageSummary,
  type ImageVersion,
  ListImageBuildVersionsCommand,
  ListImagesCommand,
} from "@aws-sdk/client-imagebuilder";
import { GetParameterCommand } from "@aws-sdk/client-ssm";
import { collectPages } from "@/lib/aws/paginate";
import type { AwsAccess } from "@/lib/aws/types";
import {
  type ImageBuilderArn,
  imageBuilderArn,
  isSameResource,
  ownerOf,
  parseImageBuilderArn,
} from "@/lib/core/arn";
import type { ResourceOwner } from "@/lib/core/resource-names";
import type { InfrastructureInput } from "@/lib/definitions/infrastructure-schemas";
import { compareVersions, versionMatches } from "@/lib/definitions/resource-versions";
import { readResource } from "@/lib/image-builder/resources/read-resource";
import { unlessFailed } from "@/lib/use-case/unless-failed";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { checkHypervisors } from "./check-instance";
import { type BaseImageFacts, type ComponentFacts, judgeComponents } from "./judge-components";
import { judgeSettings } from "./judge-settings";
import { judgeAgent, judgeVolumes, type RootVolume, type VolumeSettings } from "./judge-volumes";
import { orUnknown } from "./or-unknown";
import type { PreflightParts } from "./read-subject";
import type { PreflightCheck } from "./types";
import { unlessMissing } from "./unless-missing";

const step = "recipe" as const;
type Recipe = { parentImage?: string; components?: { componentArn?: string }[]; platformOverride?: string };

/** Base image available, the components fit it, and an instance type has its architecture. */
export async function checkBaseImage(ctx: UseCaseContext, parts: PreflightParts): Promise<PreflightCheck[]> {
  const { parentImage = "", components = [], platformOverride } = parts.recipe as Recipe;
  const facts: BaseFacts = {};
  const readBase = async () => {
    const read = await readBaseImage(ctx, parentImage, parts.recipeKind);
    Object.assign(facts, read.facts);
    return [read.check];
  };
  const base = await orUnknown({ id: "base-image", step, what: "The base image" }, readBase());
  const checkComponents = async () => {
    const used = await Promise.all(
      components.map(({ componentArn = "" }) => readComponent(ctx, parts, componentArn)),
    );
    return judgeComponents({ ...facts, platform: facts.platform ?? platformOverride }, used);
  };
  const others = await Promise.all([
    orUnknown({ id: "components", step, what: "The components" }, checkComponents()),
    orUnknown(
      { id: "architecture", step: "infrastructure", what: "The architecture of the instance types" },
      checkArchitecture(ctx, parts, facts),
    ),
  ]);
  const { blockDeviceMappings = [] } = parts.recipe as { blockDeviceMappings?: VolumeSettings[] };
  const volumes = parts.recipeKind === "image-recipe" ? judgeVolumes(blockDeviceMappings, facts.root) : [];
  return [
    ...base,
    ...others.flat(),
    ...volumes,
    ...judgeAgent(facts.platform, parts.recipe),
    ...judgeSettings(parts, facts.platform ?? platformOverride),
    ...(await orUnknown(
      { id: "hypervisors", step: "infrastructure", what: "The hypervisors of the instance types" },
      checkHypervisors(ctx, facts.platform, parts),
    )),
  ];
}

type BaseFacts = BaseImageFacts & {
  root?: RootVolume | undefined;
  /** The snapshots of its AMI. */
  volumes?: { encrypted: boolean; snapshotId?: string }[] | undefined;
};
type Read = { check: PreflightCheck; facts: BaseFacts };

/** What AWS says of a recipe's parent; facts that it does not tell are absent. */
export async function readBaseImage(
  ctx: UseCaseContext,
  parent: string,
  kind: PreflightParts["recipeKind"],
): Promise<Read> {
  const id = "base-image";
  if (!parent)
    return {
      check: { id, step, state: "problem", title: "No base image chosen", evidence: [] },
      facts: {},
    };
  if (parent.startsWith("ami-")) return readAmi(ctx, parent, parent);
  if (parent.startsWith("ssm:")) return readParameter(ctx, parent);
  if (parseImageBuilderArn(parent)) return readImage(ctx, parent);
  const where = kind === "container-recipe" ? "a registry" : "AWS Marketplace";
  return {
    check: {
      id,
      step,
      state: "unknown",
      title: `The base image in ${where} can't be checked from here`,
      evidence: [parent],
    },
    facts: {},
  };
}

async function readAmi({ aws, target }: UseCaseContext, amiId: string, parent: string): Promise<Read> {
  const answer = await unlessMissing(aws.ec2.read(new DescribeImagesCommand({ ImageIds: [amiId] })));
  const image = answer?.Images?.[0];
  if (!image) {
    return {
      check: {
        id: "base-image",
        step,
        state: "problem",
        title: `AMI ${amiId} not found`,
        evidence: [`ec2:DescribeImages returns no such AMI in ${target.region} that this account can use.`],
        fix: "Choose another AMI, or ask its owner to share it with this account.",
      },
      facts: {},
    };
  }
  const isWindows = image.Platform?.toLowerCase() === "windows";
  const root = image.BlockDeviceMappings?.find(({ DeviceName }) => DeviceName === image.RootDeviceName)?.Ebs;
  const architecture = image.Architecture;
  return {
    check: {
      id: "base-image",
      step,
      ...availability(image.State),
      evidence: [
        [parent === amiId ? "" : `${parent} is`, amiId, image.Name].filter(Boolean).join(" "),
        [architecture, root?.VolumeSize && `${root.VolumeSize} GiB root`].filter(Boolean).join(", "),
      ].filter(Boolean),
    },
    facts: {
      platform: isWindows ? "Windows" : "Linux",
      architecture,
      root:
        image.RootDeviceName && root?.VolumeSize
          ? { deviceName: image.RootDeviceName, sizeGiB: root.VolumeSize }
          : undefined,
      volumes: volumesOf(image),
    },
  };
}

/** Undefined where EC2 does not say of each whether it is encrypted. */
function volumesOf({ BlockDeviceMappings }: Image): BaseFacts["volumes"] {
  const volumes = BlockDeviceMappings?.flatMap(({ Ebs }) => Ebs ?? []);
  if (!volumes?.every(({ Encrypted }) => Encrypted !== undefined)) return undefined;
  return volumes.map(({ Encrypted = false, SnapshotId }) => ({
    encrypted: Encrypted,
    snapshotId: SnapshotId,
  }));
}

const availability = (state: string | undefined): Pick<PreflightCheck, "state" | "title"> =>
  state === undefined
    ? { state: "unknown", title: "Can't check whether the base image is available" }
    : state === "available"
      ? { state: "ok", title: "Base image available" }
      : { state: "problem", title: `The base image is ${state}` };

/** Says whether a parameter names an AMI, never what else it holds: the console's role may read more than people. */
async function readParameter(ctx: UseCaseContext, parent: string): Promise<Read> {
  const Name = parent.slice("ssm:".length);
  const answer = await unlessMissing(ctx.aws.ssm.read(new GetParameterCommand({ Name })));
  const { Value: value = "", DataType } = answer?.Parameter ?? {};
  const isPublic = Name.startsWith("/aws/service/");
  if ((DataType === "aws:ec2:image" || isPublic) && /^ami-[0-9a-f]+$/.test(value))
    return readAmi(ctx, value, parent);
  return {
    check: {
      id: "base-image",
      step,
      state: "problem",
      title: `Parameter ${Name} doesn't contain an AMI ID`,
      evidence: ["ssm:GetParameter finds no parameter of this name whose data type is aws:ec2:image."],
      fix: "Use a parameter with an AMI ID and the data type aws:ec2:image.",
    },
    facts: {},
  };
}

/** A build is got; what stands for the newest of several is looked up among the versions that AWS lists. */
async function readImage(ctx: UseCaseContext, parent: string): Promise<Read> {
  const { aws, target } = ctx;
  const wanted = parseImageBuilderArn(parent);
  const image = wanted?.build
    ? (
        await unlessMissing(
          aws.imageBuilder.read(new GetImageCommand({ imageBuildVersionArn: parent }), {
            freshForMs: 60_000,
          }),
        )
      )?.image
    : await newestVersion(aws, wanted, ownerOf(parent, target.accountId));
  if (!image) {
    return {
      check: {
        id: "base-image",
        step,
        state: "problem",
        title: "Base image not found",
        evidence: [`Image ${parent} doesn't exist for this account.`],
        fix: "Choose another base image.",
      },
      facts: {},
    };
  }
  const { platform, osVersion, version } = image;
  const { value: ami } = await unlessFailed(amiOf(ctx, image), undefined);
  const { value: read } = ami
    ? await unlessFailed(readAmi(ctx, ami, parent), undefined)
    : { value: undefined };
  return {
    check: {
      id: "base-image",
      step,
      state: "ok",
      title: "Base image available",
      evidence: [[parent, version && `now ${version}`, osVersion ?? platform].filter(Boolean).join(", ")],
    },
    facts: {
      ...read?.facts,
      platform,
      osVersion,
      architecture: read?.facts.architecture ?? architectureIn(parent),
    },
  };
}

/** The AMI of an image in this Region: a build names it, a version by its newest build that is available. */
async function amiOf(
  { aws, target }: UseCaseContext,
  image: Pick<ImageSummary, "outputResources"> & Pick<ImageVersion, "arn">,
): Promise<string | undefined> {
  const inRegion = (build: Pick<ImageSummary, "outputResources"> | undefined) =>
    build?.outputResources?.amis?.find(({ region }) => region === target.region)?.image;
  if (image.outputResources || !image.arn) return inRegion(image);
  const command = new ListImageBuildVersionsCommand({ imageVersionArn: image.arn, maxResults: 25 });
  const { imageSummaryList = [] } = await aws.imageBuilder.read(command, { freshForMs: 60_000 });
  const newest = imageSummaryList
    .filter(({ state }) => state?.status === "AVAILABLE")
    .toSorted((a, b) => compareVersions(b.version, a.version))[0];
  return inRegion(newest);
}

async function newestVersion(
  aws: AwsAccess,
  wanted: ImageBuilderArn | undefined,
  owner: ResourceOwner | undefined,
): Promise<ImageVersion | undefined> {
  if (!wanted) return undefined;
  const byName = wanted.version === undefined || wanted.version === "x.x.x" ? true : undefined;
  const versions = await collectPages({
    load: async (nextToken) => {
      const page = await aws.imageBuilder.read(
        new ListImagesCommand({ owner, byName, maxResults: 25, nextToken }),
        { freshForMs: owner === "Amazon" ? 600_000 : 10_000 },
      );
      return { items: page.imageVersionList, next: page.nextToken };
    },
  });
  return versions
    .filter(({ arn = "", version }) => {
      const found = parseImageBuilderArn(arn);
      return found?.name === wanted.name && versionMatches(wanted.version, version);
    })
    .toSorted((a, b) => compareVersions(b.version, a.version))[0];
}

/** Amazon's images carry it in their names: `amazon-linux-2023-arm64`, `ubuntu-server-24-lts-x86`. */
function architectureIn(arn: string): string | undefined {
  const { name = "" } = parseImageBuilderArn(arn) ?? {};
  if (/-arm64$/.test(name)) return "arm64";
  return /-x86(_64)?$/.test(name) || /^windows-/.test(name) ? "x86_64" : undefined;
}

async function readComponent(
  ctx: UseCaseContext,
  parts: PreflightParts,
  arn: string,
): Promise<ComponentFacts> {
  const made = parts.newComponents.find(({ name }) =>
    isSameResource(arn, imageBuilderArn(ctx.target, "component", String(name))),
  );
  if (made) return toFacts(arn, made);
  const found = await unlessMissing(readResource(ctx, "component", arn));
  return found ? toFacts(arn, found) : { arn, isMissing: true };
}

function toFacts(arn: string, content: Record<string, unknown>): ComponentFacts {
  const { platform, supportedOsVersions, state } = content;
  const status = typeof state === "object" && state !== null && "status" in state ? state.status : undefined;
  return {
    arn,
    platform: typeof platform === "string" ? platform : undefined,
    supportedOsVersions: Array.isArray(supportedOsVersions) ? supportedOsVersions.map(String) : [],
    status: typeof status === "string" ? status : undefined,
  };
}

async function checkArchitecture(
  { aws }: UseCaseContext,
  parts: PreflightParts,
  { architecture }: BaseImageFacts,
): Promise<PreflightCheck[]> {
  const { instanceTypes = [] } = parts.infrastructure as Partial<InfrastructureInput>;
  if (instanceTypes.length === 0) return [];
  if (!architecture)
    return parts.recipeKind === "container-recipe"
      ? []
      : [notKnown(instanceTypes, "The base image does not report its architecture.")];
  const command = new DescribeInstanceTypesCommand({
    Filters: [{ Name: "instance-type", Values: instanceTypes }],
  });
  const { InstanceTypes = [] } = await aws.ec2.read(command, { freshForMs: 60_000 });
  const told = InstanceTypes.filter(({ ProcessorInfo }) => ProcessorInfo?.SupportedArchitectures);
  const others = told
    .filter(
      ({ ProcessorInfo }) => !ProcessorInfo?.SupportedArchitectures?.some((one) => one === architecture),
    )
    .flatMap(({ InstanceType = [] }) => InstanceType);
  const untold = instanceTypes.filter((type) => !told.some(({ InstanceType }) => InstanceType === type));
  if (others.length === 0)
    return untold.length > 0
      ? [notKnown(untold, `The base image is for ${architecture}; EC2 does not report theirs.`)]
      : [
          {
            id: "architecture",
            step: "infrastructure",
            state: "ok",
            title: `The instance types run images for ${architecture}`,
            evidence: [`The base image is for ${architecture}.`],
          },
        ];
  return [
    {
      id: "architecture",
      step: "infrastructure",
      state: others.length === InstanceTypes.length ? "problem" : "warning",
      title: `${others.join(", ")} can't run an image for ${architecture}`,
      evidence: [`The base image is for ${architecture}.`],
      fix: "Choose instance types with the base image's architecture.",
    },
  ];
}

const notKnown = (types: string[], evidence: string): PreflightCheck => ({
  id: "architecture",
  step: "infrastructure",
  state: "unknown",
  title: `Can't check whether ${types.join(", ")} can run the base image`,
  evidence: [evidence],
});
