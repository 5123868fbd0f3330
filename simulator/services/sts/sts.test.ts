import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { expect, test } from "vitest";
import { clientConfig, createSimulator, manualClock } from "../../testing";

const clock = manualClock(Date.UTC(2026, 10, 20));
const config = clientConfig(createSimulator({ clock, seed: "empty" }), { account: "222222222222" });
const sts = new STSClient(config);
const role = { RoleArn: "arn:aws:iam::333333333333:role/Console", RoleSessionName: "ada" };

test("an access key of 12 digits is the account", async () => {
  const identity = await sts.send(new GetCallerIdentityCommand());
  expect(identity).toMatchObject({ Account: "222222222222", Arn: "arn:aws:iam::222222222222:root" });
});

test.each([
  ["cn-north-1", "aws-cn"],
  ["us-gov-west-1", "aws-us-gov"],
  ["us-isob-east-1", "aws-iso-b"],
  ["eusc-de-east-1", "aws-eusc"],
])("in %s the account is one of the partition %s", async (region, partition) => {
  const identity = await new STSClient({ ...config, region }).send(new GetCallerIdentityCommand());
  expect(identity).toMatchObject({ Account: "222222222222", Arn: `arn:${partition}:iam::222222222222:root` });
});

test("the keys of an assumed role lead to the role's account, until they expire", async () => {
  const { Credentials: keys } = await sts.send(new AssumeRoleCommand(role));
  const credentials = {
    accessKeyId: keys?.AccessKeyId ?? "",
    secretAccessKey: keys?.SecretAccessKey ?? "",
    sessionToken: keys?.SessionToken ?? "",
  };
  const asRole = new STSClient({ ...config, credentials });
  const identity = await asRole.send(new GetCallerIdentityCommand());
  expect(identity.Arn).toBe("arn:aws:sts::333333333333:assumed-role/Console/ada");
  clock.advance(3_600_001);
  await expect(asRole.send(new GetCallerIdentityCommand())).rejects.toMatchObject({
    name: "ExpiredTokenException",
  });
});

test("a role whose name ends in -denied cannot be assumed", async () => {
  const denied = new AssumeRoleCommand({ ...role, RoleArn: `${role.RoleArn}-denied` });
  await expect(sts.send(denied)).rejects.toMatchObject({
    name: "AccessDenied",
    $metadata: { httpStatusCode: 403 },
  });
});

test("a role may ask for its external id and a source identity, or forbid the latter", async () => {
  const trusting = { ...role, RoleArn: `${role.RoleArn}-trusts-7f3a` };
  const refused = { name: "AccessDenied", $metadata: { httpStatusCode: 403 } };
  await expect(sts.send(new AssumeRoleCommand(trusting))).rejects.toMatchObject(refused);
  await expect(sts.send(new AssumeRoleCommand({ ...trusting, ExternalId: "7f3a" }))).rejects.toMatchObject(
    refused,
  );
  const whole = { ...trusting, ExternalId: "7f3a", SourceIdentity: "ada" };
  expect(await sts.send(new AssumeRoleCommand(whole))).toMatchObject({ SourceIdentity: "ada" });
  const forbidding = { ...role, RoleArn: `${role.RoleArn}-without-source-identity`, SourceIdentity: "ada" };
  await expect(sts.send(new AssumeRoleCommand(forbidding))).rejects.toMatchObject({
    name: "AccessDenied",
    message: expect.stringContaining("sts:SetSourceIdentity"),
  });
});

test("a key that is no account is refused", async () => {
  const stranger = new STSClient({
    ...config,
    credentials: { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "x" },
  });
  await expect(stranger.send(new GetCallerIdentityCommand())).rejects.toMatchObject({
    name: "UnrecognizedClientException",
    $metadata: { httpStatusCode: 403 },
  });
});

test("an operation that is not simulated answers 501 with the reason", async () => {
  const { GetSessionTokenCommand } = await import("@aws-sdk/client-sts");
  await expect(sts.send(new GetSessionTokenCommand())).rejects.toMatchObject({
    message: expect.stringContaining("GetSessionToken is not simulated"),
    $metadata: { httpStatusCode: 501 },
  });
});
