import {
  CopyImageCommand,
  DescribeImagesCommand,
  EC2Client,
  ModifyImageAttributeCommand,
} from "@aws-sdk/client-ec2";
import { afterAll, beforeAll, expect, it } from "vitest";
import { indexBuilds } from "@/lib/testing/index-builds";
import { startTestConsole, type TestConsole } from "@/lib/testing/test-console";
import { exportAmis } from "./export-amis";
import { listAmis } from "./list-amis";

const OTHER = "333333333333";
let testConsole: TestConsole;
let shared: string | undefined;
let copied: string | undefined;
beforeAll(async () => {
  testConsole = await startTestConsole({ seed: "demo", accountId: "111111111111" });
  await indexBuilds(testConsole);
  const [own, other] = ["111111111111", OTHER].map(
    (accessKeyId) =>
      new EC2Client({
        endpoint: testConsole.simulatorUrl,
        region: "us-east-1",
        credentials: { accessKeyId, secretAccessKey: "any" },
      }),
  ) as [EC2Client, EC2Client];
  const { Images } = await other.send(new DescribeImagesCommand({ Owners: ["amazon"] }));
  const source = { SourceImageId: Images?.[0]?.ImageId, SourceRegion: "us-east-1" };
  ({ ImageId: shared } = await other.send(new CopyImageCommand({ Name: "theirs", ...source })));
  await other.send(
    new ModifyImageAttributeCommand({
      ImageId: shared,
      LaunchPermission: { Add: [{ UserId: "111111111111" }] },
    }),
  );
  ({ ImageId: copied } = await own.send(new CopyImageCommand({ Name: "by-hand", ...source })));
}, 120_000);
afterAll(() => testConsole.close());

it("lists own and shared AMIs of every Region that images go to, with where they come from", async () => {
  const { rows, doubts } = await listAmis({ ctx: testConsole.contextOf() });
  expect(new Set(rows.map(({ region }) => region))).toEqual(new Set(["us-east-1", "eu-west-1"]));
  expect(rows.find(({ amiId }) => amiId === shared)).toMatchObject({ isOwn: false, ownerId: OTHER });
  expect(rows.find(({ amiId }) => amiId === copied)).toMatchObject({ isOwn: true, origin: { by: "copy" } });
  const built = rows.filter(({ origin }) => origin.by === "image build");
  expect(built.length).toBeGreaterThan(100);
  expect(rows.some(({ used }) => (used?.["auto-scaling-group"] ?? 0) > 0)).toBe(true);
  expect(doubts).toEqual([]);
}, 60_000);

it("shows a name prefix what builds of those names made, and says how many are left out", async () => {
  const ctx = testConsole.contextOf({ role: "viewer", target: "*", namePrefix: "web-" });
  const { rows, notVisible } = await listAmis({ ctx });
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.filter(({ build }) => !build?.name.startsWith("web-"))).toEqual([]);
  expect(notVisible.join()).toMatch(/\d+ AMIs of images that you may not see/);
}, 60_000);

it("exports a line for each AMI", async () => {
  const ctx = testConsole.contextOf();
  const [{ rows }, parts] = [await listAmis({ ctx }), await exportAmis({ ctx })];
  let csv = "";
  for await (const part of parts) csv += part;
  expect(csv.trim().split(/\r?\n/)).toHaveLength(rows.length + 1);
}, 60_000);
