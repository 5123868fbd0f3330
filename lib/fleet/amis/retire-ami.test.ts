import {
  CopyImageCommand,
  DescribeImageAttributeCommand,
  DescribeImagesCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import { CreateKeyCommand, KMSClient, PutKeyPolicyCommand } from "@aws-sdk/client-kms";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestConsole, type TestConsole } from "@/lib/testing/test-console";
import { copyAmi } from "./copy-ami";
import { createAmi } from "./create-ami";
import { deprecateAmi } from "./deprecate-ami";
import { deregisterAmi } from "./deregister-ami";
import { disableAmi } from "./disable-ami";
import { enableAmi } from "./enable-ami";
import { getAmi } from "./get-ami";
import { keyPolicyStatements } from "./key-access";
import { previewAmiSharing } from "./preview-ami-sharing";
import { protectAmi } from "./protect-ami";
import { requestAmiUsage } from "./request-ami-usage";
import { shareAmi } from "./share-ami";

const [FRIEND, STRANGER] = ["333333333333", "444444444444"];
const NOBODY = { accounts: [], organizationArns: [], organizationalUnitArns: [] };
const region = "us-east-1";
let testConsole: TestConsole;
let ec2: EC2Client;
let kms: KMSClient;
beforeAll(async () => {
  testConsole = await startTestConsole();
  const options = {
    endpoint: testConsole.simulatorUrl,
    region,
    credentials: { accessKeyId: testConsole.target.accountId, secretAccessKey: "any" },
  };
  [ec2, kms] = [new EC2Client(options), new KMSClient(options)];
}, 60_000);
afterAll(() => testConsole.close());

let made = 0;
/** An AMI of the account, encrypted with the key when one is given. */
async function ownAmi(KmsKeyId?: string) {
  const { Images } = await ec2.send(new DescribeImagesCommand({ Owners: ["amazon"] }));
  const { ImageId = "" } = await ec2.send(
    new CopyImageCommand({
      Name: `by-hand-${++made}`,
      SourceImageId: Images?.[0]?.ImageId ?? "",
      SourceRegion: region,
      ...(KmsKeyId && { Encrypted: true, KmsKeyId }),
    }),
  );
  return { region, amiId: ImageId };
}

const holdersOf = async (amiId: string) => {
  const command = new DescribeImageAttributeCommand({ ImageId: amiId, Attribute: "launchPermission" });
  return ((await ec2.send(command)).LaunchPermissions ?? []).map(({ UserId }) => UserId);
};
const stateOf = async (amiId: string) => {
  const command = new DescribeImagesCommand({ ImageIds: [amiId], IncludeDisabled: true });
  return (await ec2.send(command)).Images?.[0]?.State;
};

it("disables an AMI, keeps its sharing, and gives both back", async () => {
  const ctx = testConsole.contextOf();
  const key = await ownAmi();
  const accounts = [FRIEND, STRANGER];
  await shareAmi({ ctx, input: { ...key, ...NOBODY, accounts, evenWithoutKey: false } });
  await disableAmi({ ctx, input: key });
  expect([await stateOf(key.amiId), await holdersOf(key.amiId)]).toEqual(["disabled", []]);
  expect((await getAmi({ ctx, input: key })).kept).toMatchObject({ accounts });
  await expect(disableAmi({ ctx, input: key })).rejects.toThrow("disabled already");

  await enableAmi({ ctx, input: { ...key, shareAgain: true } });
  expect([await stateOf(key.amiId), await holdersOf(key.amiId)]).toEqual(["available", accounts]);
  expect((await getAmi({ ctx, input: key })).kept).toBeUndefined();
  const rows = await testConsole.auditRows();
  expect(rows.map(({ action }) => action)).toEqual(["share-ami", "disable-ami", "enable-ami"]);
});

it("keeps the sharing until it was given back, also when that fails in the middle", async () => {
  const ctx = testConsole.contextOf();
  const key = await ownAmi();
  await shareAmi({ ctx, input: { ...key, ...NOBODY, accounts: [FRIEND], evenWithoutKey: false } });
  await disableAmi({ ctx, input: key });
  const trouble = `${testConsole.simulatorUrl}/_simulator/trouble?account=${testConsole.target.accountId}`;
  await fetch(trouble, { method: "PUT", body: JSON.stringify({ denied: ["ec2:ModifyImageAttribute"] }) });
  await expect(enableAmi({ ctx, input: { ...key, shareAgain: true } })).rejects.toThrow(
    "was not shared again",
  );
  await fetch(trouble, { method: "DELETE" });
  expect([await stateOf(key.amiId), await holdersOf(key.amiId)]).toEqual(["available", []]);
  await enableAmi({ ctx, input: { ...key, shareAgain: true } });
  expect(await holdersOf(key.amiId)).toEqual([FRIEND]);
});

it("removes only what is disabled and not protected, with its snapshots when asked", async () => {
  const ctx = testConsole.contextOf();
  const key = await ownAmi();
  const remove = () => deregisterAmi({ ctx, input: { ...key, deleteSnapshots: true } });
  await expect(remove()).rejects.toThrow("Stop launches first");
  await deprecateAmi({ ctx, input: key });
  expect((await getAmi({ ctx, input: key })).deprecatedAt).toBeDefined();
  await deprecateAmi({ ctx, input: { ...key, at: null } });
  expect((await getAmi({ ctx, input: key })).deprecatedAt).toBeUndefined();
  await disableAmi({ ctx, input: key });
  await protectAmi({ ctx, input: { ...key, protection: "on" } });
  await expect(remove()).rejects.toThrow("Deregistration protection is on");
  await protectAmi({ ctx, input: { ...key, protection: "off" } });
  expect(await remove()).toEqual({ stayed: [] });
  await expect(getAmi({ ctx, input: key })).rejects.toMatchObject({ detail: { code: "not-found" } });
});

it("refuses to share what the key keeps from being launched, and shares once the key allows it", async () => {
  const ctx = testConsole.contextOf();
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
  const KeyId = KeyMetadata?.Arn ?? "";
  const key = await ownAmi(KeyId);
  const share = () =>
    shareAmi({ ctx, input: { ...key, ...NOBODY, accounts: [FRIEND], evenWithoutKey: false } });
  await expect(share()).rejects.toThrow(`${FRIEND} could not launch it. The key policy`);
  const own = {
    Effect: "Allow",
    Principal: { AWS: `arn:aws:iam::${testConsole.target.accountId}:root` },
    Action: "kms:*",
    Resource: "*",
  };
  const Statement = [own, ...keyPolicyStatements([{ accountId: FRIEND }], region)];
  await kms.send(
    new PutKeyPolicyCommand({ KeyId, Policy: JSON.stringify({ Version: "2012-10-17", Statement }) }),
  );
  testConsole.clock.advance(60_000);
  const { verdicts } = await previewAmiSharing({ ctx, input: { ...key, ...NOBODY, accounts: [FRIEND] } });
  expect(verdicts).toEqual([{ holder: FRIEND, launch: "yes", autoScaling: "no" }]);
  await share();
  expect(await holdersOf(key.amiId)).toEqual([FRIEND]);
});

it("shares nothing that an AWS managed key encrypts", async () => {
  const key = await ownAmi("alias/aws/ebs");
  const ctx = testConsole.contextOf();
  const input = { ...key, ...NOBODY, accounts: [FRIEND], evenWithoutKey: true };
  await expect(shareAmi({ ctx, input })).rejects.toThrow("An AWS managed key encrypts the snapshots");
});

it("copies to Regions with a key each, and says where that failed", async () => {
  const ctx = testConsole.contextOf();
  const key = await ownAmi();
  const copies = [{ region: "eu-west-1", keyId: "alias/aws/ebs" }, { region: "us-west-2" }];
  const input = { ...key, name: "a-copy", token: "token-0001", copies };
  const done = await copyAmi({ ctx, input });
  expect(done.copies.map((copy) => [copy.region, "amiId" in copy])).toEqual([
    ["eu-west-1", true],
    ["us-west-2", true],
  ]);
  await expect(copyAmi({ ctx, input: { ...input, copies: [{ region: "nowhere-1" }] } })).rejects.toThrow(
    "The Region nowhere-1 is not enabled",
  );
});

it("takes the grant for all names to act on an AMI that no build made", async () => {
  const key = await ownAmi();
  const ctx = testConsole.contextOf({ role: "admin", target: "test", namePrefix: "web-" });
  await expect(disableAmi({ ctx, input: key })).rejects.toMatchObject({ detail: { code: "not-found" } });
  await expect(
    createAmi({ ctx, input: { region, instanceId: "i-0123456789abcdef0", name: "x-y-z", reboot: true } }),
  ).rejects.toMatchObject({ detail: { code: "forbidden" } });
});

it("has AWS count what other accounts do with an AMI", async () => {
  const ctx = testConsole.contextOf();
  const key = await ownAmi();
  expect((await getAmi({ ctx, input: key })).usage).toEqual({ report: undefined });
  await requestAmiUsage({ ctx, input: key });
  expect((await getAmi({ ctx, input: key })).usage).toMatchObject({ report: { state: "pending" } });
  testConsole.clock.advance(300_000);
  expect((await getAmi({ ctx, input: key })).usage).toMatchObject({
    report: { state: "available", entries: [] },
  });
});
