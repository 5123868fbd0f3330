import type { Distribution } from "@aws-sdk/client-imagebuilder";
import type { BuildFault } from "../../factory/types";
import { copyEncryption } from "../ec2/ebs-encryption";
import { REGIONS } from "../ec2/regions";
import { type ImageBuildRow, watermarksOf } from "./image-build-row";
import { launchRefusals } from "./launch-refusals";
import type { ImageBuilderStore } from "./store";

/** The resource tag of an infrastructure configuration whose value puts trouble into its builds. */
const FAULT_TAG = "simulator:fault";

/** What a target account has to have: https://docs.aws.amazon.com/imagebuilder/latest/userguide/cross-account-dist.html */
const DISTRIBUTION_ROLE = "EC2ImageBuilderDistributionCrossAccountRole";

const STAGES = ["BUILD", "TEST"];

/** Trouble a build will meet: what its infrastructure asks for, and what its distribution lacks in the targets. */
export function foreseenFaults(store: ImageBuilderStore, row: ImageBuildRow): BuildFault[] {
  return [
    ...askedFaults(row),
    ...launchRefusals(store, row),
    ...scanFaults(store, row),
    ...distributionFaults(store, row),
  ];
}

/** Scans are Inspector's: https://docs.aws.amazon.com/imagebuilder/latest/userguide/integ-inspector.html */
function scanFaults(store: ImageBuilderStore, { scanning, type }: ImageBuildRow): BuildFault[] {
  if (!scanning?.imageScanningEnabled) return [];
  const isOn = store.scope.here.inspector2.scans(type === "DOCKER" ? "ECR" : "EC2");
  return isOn ? [] : [{ kind: "scan-failed" }];
}

/** `ssm-timeout`, `capacity:TEST`, `kms-denied:eu-west-1`; several are separated by spaces. */
function askedFaults({ infrastructure }: ImageBuildRow): BuildFault[] {
  const asked = infrastructure.resourceTags?.[FAULT_TAG] ?? "";
  return asked.split(/\s+/).flatMap((word) => {
    const [kind, place] = word.split(":");
    if (!kind) return [];
    const narrowed = place === undefined ? {} : STAGES.includes(place) ? { stage: place } : { region: place };
    return [{ kind, ...narrowed } as BuildFault];
  });
}

/** What the distribution would fail at as things are now, target by target. */
export function distributionFaults(store: ImageBuilderStore, row: ImageBuildRow): BuildFault[] {
  return (row.distribution?.distributions ?? []).flatMap((target) => [
    ...copyFaults(store, row, target),
    ...configurationFaults(store, row, target),
  ]);
}

/** Why the image cannot be brought to a Region or account. */
function copyFaults(store: ImageBuilderStore, row: ImageBuildRow, target: Distribution): BuildFault[] {
  const region = target.region ?? store.region;
  const { targetAccountIds = [], kmsKeyId, launchPermission } = target.amiDistributionConfiguration ?? {};
  const closed = targetAccountIds.filter((account) => account !== store.account && !letsIn(store, account));
  const isShared = Object.values(launchPermission ?? {}).some((list) => list.length > 0);
  const isCopiedAway = targetAccountIds.some((account) => account !== store.account);
  const ebs = row.imageRecipe?.blockDeviceMappings?.map((mapping) => mapping.ebs) ?? [];
  const { ec2 } = store.scope.here;
  const parent = ec2.images.get(row.parent.amiId ?? "")?.BlockDeviceMappings?.[0]?.Ebs;
  const hasDefaultKey =
    !kmsKeyId &&
    (ebs.length > 0 ? ebs : [undefined]).some((disk) => {
      const asked = { Encrypted: disk?.encrypted, KmsKeyId: disk?.kmsKeyId };
      const { Encrypted, KmsKeyId } = copyEncryption(ec2, parent, asked);
      return Encrypted && isDefaultKey(KmsKeyId);
    });
  const { repositoryName } = target.containerDistributionConfiguration?.targetRepository ?? {};
  const hasRepository = !repositoryName || store.scope.at({ region }).ecr.repositories.has(repositoryName);
  return [
    ...(isOptIn(region) ? [{ kind: "region-disabled" as const, region }] : []),
    ...closed.map((accountId) => ({ kind: "cross-account-role" as const, region, accountId })),
    ...(kmsKeyId && !hasKey(store, kmsKeyId, region) ? [{ kind: "kms-denied" as const, region }] : []),
    ...(hasDefaultKey && (isShared || isCopiedAway) ? [{ kind: "default-key-shared" as const, region }] : []),
    ...(launchPermission?.userGroups?.length && watermarksOf(row).length > 0
      ? [{ kind: "watermark-public" as const, region }]
      : []),
    ...(row.type === "DOCKER" && !hasRepository ? [{ kind: "ecr-denied" as const, region }] : []),
  ];
}

/** Why one of the steps after the copy fails. */
function configurationFaults(
  store: ImageBuilderStore,
  { executionRole }: ImageBuildRow,
  target: Distribution,
): BuildFault[] {
  const region = target.region ?? store.region;
  const { iam, s3 } = store.scope.here;
  const missingTemplates = (target.launchTemplateConfigurations ?? []).filter(
    ({ launchTemplateId = "", accountId }) =>
      !store.scope
        .at({ region, ...(accountId && { account: accountId }) })
        .ec2.launchTemplates.has(launchTemplateId),
  );
  const isDenied = target.ssmParameterConfigurations?.some(
    ({ parameterName }) => !executionRole && !parameterName?.startsWith("/imagebuilder/"),
  );
  const { s3Bucket = "", roleName = "" } = target.s3ExportConfiguration ?? {};
  const mayExport = s3.buckets.has(s3Bucket) && iam.roles.get(roleName)?.trustPolicy.includes("vmie");
  return [
    ...missingTemplates.map(({ accountId }) => ({
      kind: "launch-template-missing" as const,
      region,
      accountId: accountId ?? store.account,
    })),
    ...(isDenied ? [{ kind: "ssm-parameter-denied" as const, region }] : []),
    ...(target.s3ExportConfiguration && !mayExport ? [{ kind: "export-denied" as const, region }] : []),
  ];
}

/** True when the account has the role for distribution, and the role trusts this account. */
function letsIn(store: ImageBuilderStore, account: string): boolean {
  const role = store.scope.at({ account }).iam.roles.get(DISTRIBUTION_ROLE);
  return role?.trustPolicy.includes(store.account) ?? false;
}

/** True when the key is in that Region: of this account, or of the one its ARN names. */
function hasKey(store: ImageBuilderStore, reference: string, region: string): boolean {
  const [, , , keyRegion = region, account = store.account] = reference.startsWith("arn:")
    ? reference.split(":")
    : [];
  return keyRegion === region && store.scope.at({ account, region }).kms.resolve(reference)?.Enabled === true;
}

const isDefaultKey = (reference: string | undefined): boolean =>
  reference === undefined || reference.endsWith("alias/aws/ebs");

const isOptIn = (region: string): boolean =>
  REGIONS.some(({ name, optIn }) => name === region && optIn === true);
