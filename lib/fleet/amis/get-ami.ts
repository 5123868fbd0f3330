import "server-only";
import type { Image, Snapshot } from "@aws-sdk/client-ec2";
import { canonicalText } from "@/lib/core/canonical-text";
import { groupBy } from "@/lib/definitions/group-by";
import { findAmiUsers } from "@/lib/image-builder/lifecycle/find-ami-users";
import { unlessFailed } from "@/lib/use-case/unless-failed";
import { useCase } from "@/lib/use-case/use-case";
import { newestRollOuts } from "../roll-outs/roll-out-rows";
import { findRecipeUses } from "./find-recipe-uses";
import { openSharing } from "./kept-sharing";
import { findAmi, readAncestry, readSnapshotsOf, readUsage } from "./read-ami";
import { readHolders } from "./read-holders";
import { holdersAsList, judgeHolders, readKeys } from "./read-keys";
import { amiKeySchema } from "./schemas";
import { toAmi } from "./to-ami";
import type { AmiDetail, AmiUse } from "./types";

const LONGEST_TEXT = 1000;
const text = (value: string | undefined) => canonicalText(value ?? "", LONGEST_TEXT);
/** Roll-outs that are looked through for those that may go back to the AMI. */
const MOST_ROLL_OUTS = 200;

/** An AMI with its ancestry, its keys, who can launch it, and what uses it here and in other accounts. */
export const getAmi = useCase("get-ami", amiKeySchema, async ({ ctx, input }): Promise<AmiDetail> => {
  const { region, amiId } = input;
  const { aws, image, build } = await findAmi(ctx, input);
  const isOwn = image.OwnerId === ctx.target.accountId;
  const doubts: string[] = [];
  const orDoubt = async <Value, Instead>(what: string, reading: Promise<Value>, instead: Instead) => {
    const { value, reason } = await unlessFailed(reading, instead);
    if (reason) doubts.push(`${what} could not be read. ${reason}`);
    return value;
  };
  const [snapshots, permissions, found, recipes, ancestry, usage, rollOuts, kept] = await Promise.all([
    orDoubt("Its snapshots", readSnapshotsOf(aws, image), []),
    isOwn ? orDoubt("Its sharing", readHolders(aws, amiId), undefined) : undefined,
    orDoubt("Its uses", findAmiUsers(aws, region, [amiId]), undefined),
    orDoubt("Its uses in recipes", findRecipeUses(ctx), []),
    unlessFailed(readAncestry(ctx, aws, input), []),
    unlessFailed(isOwn ? readUsage(aws, amiId) : Promise.resolve(undefined), undefined),
    orDoubt("Roll-outs", newestRollOuts(ctx, MOST_ROLL_OUTS), []),
    orDoubt("The sharing that is kept for it", openSharing(ctx, input), undefined),
  ]);
  if (found) doubts.push(...found.doubts);
  const uses: AmiUse[] = [
    ...(found?.users ?? []),
    ...recipes.filter((recipe) => recipe.amiId === amiId && recipe.region === region),
  ];
  const bySnapshot = new Map(snapshots.map((one) => [one.SnapshotId ?? "", one]));
  const ami = toAmi(image, {
    region,
    accountId: ctx.target.accountId,
    lineage: new Map(build ? [[amiId, build]] : []),
    snapshots: bySnapshot,
    permissions: new Map(permissions ? [[amiId, permissions]] : []),
    uses: found && groupBy(uses, (use) => use.amiId),
  });
  const keys = isOwn ? await readKeys(aws, ami.encryption) : [];
  const verdicts = ami.holders
    ? await judgeHolders(aws, { region, encryption: ami.encryption, keys }, holdersAsList(ami.holders))
    : [];
  return {
    ...ami,
    ...(image.Description && { description: text(image.Description) }),
    facts: factsOf(image),
    tags: Object.fromEntries((image.Tags ?? []).map(({ Key, Value }) => [text(Key), text(Value)])),
    snapshots: snapshotsOf(image, bySnapshot),
    ancestry: ancestry.reason ? { reason: ancestry.reason } : { ancestors: ancestry.value },
    uses,
    keys: keys.map(({ policy: _, policyReason: __, ...key }) => key),
    verdicts,
    usage: usage.reason ? { reason: usage.reason } : { report: usage.value },
    rollOuts: rollOuts
      .filter((one) => one.endedAt === null && one.region === region && one.before.amiId === amiId)
      .map(({ id, groupName }) => ({ id, group: groupName })),
    ...(kept && { kept }),
    readAt: new Date(ctx.clock.now()).toISOString(),
    doubts: [...new Set(doubts)],
  };
});

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Image.html */
function factsOf(image: Image): AmiDetail["facts"] {
  const facts: [string, string | undefined][] = [
    ["Platform", image.PlatformDetails],
    ["Architecture", image.Architecture],
    ["Boot mode", image.BootMode],
    ["IMDS", image.ImdsSupport],
    ["TPM", image.TpmSupport],
    ["Virtualization", image.VirtualizationType],
    ["Root device", [image.RootDeviceName, image.RootDeviceType].filter(Boolean).join(", ")],
    ["ENA", image.EnaSupport === undefined ? undefined : image.EnaSupport ? "Yes" : "No"],
    ["Usage operation", image.UsageOperation],
    ["Source instance", image.SourceInstanceId],
    ["State reason", image.StateReason?.Message],
  ];
  return facts.flatMap(([label, value]) => (value ? [{ label, value: text(value) }] : []));
}

function snapshotsOf(image: Image, read: ReadonlyMap<string, Snapshot>): AmiDetail["snapshots"] {
  return (image.BlockDeviceMappings ?? []).flatMap(({ Ebs }) => {
    if (!Ebs?.SnapshotId) return [];
    const { KmsKeyId, State } = read.get(Ebs.SnapshotId) ?? {};
    return {
      snapshotId: Ebs.SnapshotId,
      ...(Ebs.VolumeSize !== undefined && { sizeGiB: Ebs.VolumeSize }),
      ...(Ebs.Encrypted !== undefined && { isEncrypted: Ebs.Encrypted }),
      ...(KmsKeyId && { key: text(KmsKeyId) }),
      ...(State && { state: State }),
    };
  });
}
