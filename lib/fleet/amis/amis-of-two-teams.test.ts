import { CopyImageCommand, DescribeImagesCommand, EC2Client } from "@aws-sdk/client-ec2";
import { StartImagePipelineExecutionCommand } from "@aws-sdk/client-imagebuilder";
import { afterAll, beforeAll, expect, it } from "vitest";
import { HISTORY_SYNC } from "@/lib/auth/history-sync";
import { TargetSync } from "@/lib/history/sync/target-sync";
import { createSamplePipeline } from "@/lib/testing/sample-pipeline";
import { startTestConsole, type TestConsole } from "@/lib/testing/test-console";
import { toConsoleError } from "@/lib/use-case/console-error";
import { copyAmi } from "./copy-ami";
import { deprecateAmi } from "./deprecate-ami";
import { deregisterAmi } from "./deregister-ami";
import { disableAmi } from "./disable-ami";
import { enableAmi } from "./enable-ami";
import { exportAmis } from "./export-amis";
import { getAmi } from "./get-ami";
import { listAmis } from "./list-amis";
import { previewAmiSharing } from "./preview-ami-sharing";
import { protectAmi } from "./protect-ami";
import { requestAmiUsage } from "./request-ami-usage";
import { shareAmi } from "./share-ami";
import type { Ami } from "./types";

/** An AMI that no build made, on which the images of both teams are built. */
const BASE = "base-of-somebody";
const region = "us-east-1";
let testConsole: TestConsole;
let ec2: EC2Client;
let all: Ami[];
beforeAll(async () => {
  testConsole = await startTestConsole();
  ec2 = new EC2Client({
    endpoint: testConsole.simulatorUrl,
    region,
    credentials: { accessKeyId: testConsole.target.accountId, secretAccessKey: "any" },
  });
  const { Images } = await ec2.send(new DescribeImagesCommand({ Owners: ["amazon"] }));
  const source = { SourceImageId: Images?.[0]?.ImageId, SourceRegion: region };
  const { ImageId: parentImage = "" } = await ec2.send(new CopyImageCommand({ Name: BASE, ...source }));
  testConsole.clock.advance(600_000);
  for (const name of ["web", "pay"]) {
    const imagePipelineArn = await createSamplePipeline(testConsole.imageBuilder, { name, parentImage });
    await testConsole.imageBuilder.send(new StartImagePipelineExecutionCommand({ imagePipelineArn }));
  }
  testConsole.clock.advance(7_200_000);
  const ctx = testConsole.contextOf(...HISTORY_SYNC.grants);
  const sync = new TargetSync(ctx, await ctx.database(), { ratePerSecond: 100, timeZone: "UTC" });
  while ((await sync.step()) === 0);
  ({ rows: all } = await listAmis({ ctx: testConsole.contextOf() }));
}, 180_000);
afterAll(() => testConsole.close());

const teamOf = (namePrefix: string) => testConsole.contextOf({ role: "admin", target: "*", namePrefix });
const amiOf = (name: string) => {
  const found = all.find(({ build }) => build?.name.startsWith(name));
  if (!found) throw new Error(`No AMI of ${name} was built.`);
  return { region: found.region, amiId: found.amiId };
};
const namesIn = (read: Awaited<ReturnType<typeof getAmi>>) =>
  "ancestors" in read.ancestry ? read.ancestry.ancestors.flatMap(({ name }) => name ?? []) : [];

it("a team reads nowhere what another team, or nobody, calls an AMI, also not among ancestors", async () => {
  const whole = await getAmi({ ctx: testConsole.contextOf(), input: amiOf("web") });
  expect(namesIn(whole)).toContain(BASE);
  const ctx = teamOf("web");
  const own = await getAmi({ ctx, input: amiOf("web") });
  if ("ancestors" in whole.ancestry && "ancestors" in own.ancestry)
    expect(own.ancestry.ancestors.map(({ amiId }) => amiId)).toEqual(
      whole.ancestry.ancestors.map(({ amiId }) => amiId),
    );
  let csv = "";
  for await (const part of await exportAmis({ ctx })) csv += part;
  const read = [JSON.stringify(own), JSON.stringify(await listAmis({ ctx })), csv];
  const hidden = all.filter(({ build }) => !build?.name.startsWith("web"));
  expect(hidden.length).toBeGreaterThan(1);
  for (const { name, build } of hidden)
    for (const text of read) {
      expect(text).not.toContain(name);
      if (build) expect(text).not.toContain(build.name);
    }
  // Public ones are everybody's.
  expect(namesIn(own).at(-1)).toBe(namesIn(whole).at(-1));
}, 60_000);

type Key = { region: string; amiId: string };
type Context = ReturnType<typeof teamOf>;
const nobody = { accounts: [], organizationArns: [], organizationalUnitArns: [] };
const ACTIONS: Record<string, (ctx: Context, key: Key) => Promise<unknown>> = {
  get: (ctx, input) => getAmi({ ctx, input }),
  preview: (ctx, key) => previewAmiSharing({ ctx, input: { ...key, ...nobody } }),
  share: (ctx, key) =>
    shareAmi({ ctx, input: { ...key, ...nobody, accounts: ["333333333333"], evenWithoutKey: true } }),
  deprecate: (ctx, input) => deprecateAmi({ ctx, input }),
  disable: (ctx, input) => disableAmi({ ctx, input }),
  enable: (ctx, key) => enableAmi({ ctx, input: { ...key, shareAgain: true } }),
  deregister: (ctx, key) => deregisterAmi({ ctx, input: { ...key, deleteSnapshots: true } }),
  protect: (ctx, key) => protectAmi({ ctx, input: { ...key, protection: "off" } }),
  "request usage": (ctx, input) => requestAmiUsage({ ctx, input }),
  copy: (ctx, key) =>
    copyAmi({ ctx, input: { ...key, name: "mine-now", token: "12345678", copies: [{ region }] } }),
};

it.each(Object.keys(ACTIONS))(
  "no team can %s what is another's, nor tell it from what is not there",
  async (name) => {
    const act = ACTIONS[name] as (typeof ACTIONS)[string];
    const answerTo = (key: Key) =>
      act(teamOf("web"), key).then(
        () => "done",
        (error: unknown) => toConsoleError(error).message.replaceAll(key.amiId, "X"),
      );
    const absent = await answerTo({ region, amiId: "ami-0123456789abcdef0" });
    const base = all.find((ami) => ami.name === BASE)?.amiId ?? "";
    for (const amiId of [amiOf("pay").amiId, base]) expect(await answerTo({ region, amiId })).toBe(absent);
    expect(absent).toContain("There is no AMI X");
    const { Images = [] } = await ec2.send(
      new DescribeImagesCommand({ Owners: ["self"], IncludeDisabled: true }),
    );
    expect(Images.map(({ ImageId }) => ImageId).toSorted()).toEqual(all.map(({ amiId }) => amiId).toSorted());
    expect(Images.filter(({ State, DeprecationTime }) => State !== "available" || DeprecationTime)).toEqual(
      [],
    );
  },
);
