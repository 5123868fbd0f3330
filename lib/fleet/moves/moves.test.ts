import {
  CopyImageCommand,
  CreateTagsCommand,
  DeregisterImageCommand,
  DescribeImagesCommand,
  DescribeInstancesCommand,
  DescribeSubnetsCommand,
  EC2Client,
  RunInstancesCommand,
  TerminateInstancesCommand,
} from "@aws-sdk/client-ec2";
import { eq } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { instanceMoves } from "@/lib/db/move-schema";
import { startTestConsole, type TestConsole } from "@/lib/testing/test-console";
import { beginMove } from "./begin-move";
import { changeMove } from "./change-move";
import { copyMoveAmi } from "./copy-move-ami";
import { createMoveAmi } from "./create-move-ami";
import { endMove } from "./end-move";
import { getMove } from "./get-move";
import { launchMovedInstance } from "./launch-moved-instance";
import { previewMove } from "./preview-move";
import { stopMovedInstance } from "./stop-moved-instance";

const HOME = "us-east-1";
const FAR = "eu-west-1";
let testConsole: TestConsole;
let clients: Record<string, EC2Client>;
let imageId = "";
beforeAll(async () => {
  testConsole = await startTestConsole();
  clients = Object.fromEntries(
    [HOME, FAR].map((region) => [
      region,
      new EC2Client({
        endpoint: testConsole.simulatorUrl,
        region,
        credentials: { accessKeyId: testConsole.target.accountId, secretAccessKey: "any" },
      }),
    ]),
  );
  const { Images = [] } = await ec2(HOME).send(new DescribeImagesCommand({ Owners: ["amazon"] }));
  const base = Images.find(({ Architecture }) => Architecture === "x86_64");
  const copy = { Name: "by-hand", SourceImageId: base?.ImageId, SourceRegion: HOME };
  imageId = (await ec2(HOME).send(new CopyImageCommand(copy))).ImageId ?? "";
}, 60_000);
afterAll(() => testConsole.close());

const ec2 = (region: string) => clients[region] as EC2Client;
const subnetIn = async (zone: string) => {
  const Filters = [{ Name: "availability-zone", Values: [zone] }];
  const { Subnets } = await ec2(zone.replace(/.$/, "")).send(new DescribeSubnetsCommand({ Filters }));
  return Subnets?.[0]?.SubnetId ?? "";
};
const TAGS = [
  { Key: "Name", Value: "build host" },
  { Key: "team", Value: "platform" },
];
/** A running instance in the first zone. */
async function anInstance() {
  const { Instances } = await ec2(HOME).send(
    new RunInstancesCommand({
      ImageId: imageId,
      InstanceType: "m7i.large",
      SubnetId: await subnetIn("us-east-1a"),
      MinCount: 1,
      MaxCount: 1,
      MetadataOptions: { HttpTokens: "required", HttpPutResponseHopLimit: 2 },
      TagSpecifications: [{ ResourceType: "instance", Tags: TAGS }],
    }),
  );
  later();
  return { region: HOME, instanceId: Instances?.[0]?.InstanceId ?? "" };
}
/** Long enough for whatever AWS is working on. */
const later = () => testConsole.clock.advance(600_000);
const instancesOf = async (region: string) =>
  ((await ec2(region).send(new DescribeInstancesCommand({}))).Reservations ?? []).flatMap(
    ({ Instances = [] }) => Instances,
  );
const imagesOf = async (region: string) =>
  (await ec2(region).send(new DescribeImagesCommand({ Owners: ["self"] }))).Images ?? [];
const moveOf = async (key: { region: string; instanceId: string }) => {
  later();
  const { move } = await getMove({ ctx: testConsole.contextOf(), input: key });
  if (!move) throw new Error("The instance has no move.");
  return move;
};
/** Begins a move to what is suggested for the Region. */
async function begun(key: { region: string; instanceId: string }, to: string) {
  const ctx = testConsole.contextOf();
  const { suggested } = await previewMove({ ctx, input: { ...key, to } });
  const { id } = await beginMove({ ctx, input: { ...key, destination: suggested, reboot: true } });
  return { id, destination: suggested };
}
const STEPS = {
  ami: createMoveAmi,
  copy: copyMoveAmi,
  launch: launchMovedInstance,
  stop: stopMovedInstance,
};

describe("a move", () => {
  it.each([
    ["another zone", HOME],
    ["another Region", FAR],
  ])("to %s ends with one instance like the old one, which is stopped", async (_, to) => {
    const ctx = testConsole.contextOf();
    const key = await anInstance();
    const before = await Promise.all([instancesOf(to), imagesOf(to)]);
    const { id, destination } = await begun(key, to);
    const steps =
      to === HOME ? (["ami", "launch", "stop"] as const) : (["ami", "copy", "launch", "stop"] as const);
    for (const step of steps) {
      const { steps: now } = await moveOf(key);
      const possible = Object.entries(now).filter(([, { possible }]) => possible.can);
      expect(possible.map(([name]) => name)).toEqual([step]);
      await STEPS[step]({ ctx, input: { id } });
    }
    const move = await moveOf(key);
    expect(move.old.state).toBe("stopped");
    expect(move.endedAt).toBeDefined();
    const after = await Promise.all([instancesOf(to), imagesOf(to)]);
    expect([after[0].length, after[1].length]).toEqual([before[0].length + 1, before[1].length + 1]);
    const made = after[0].find(({ InstanceId }) => InstanceId === move.launched?.instanceId);
    expect(made).toMatchObject({
      State: { Name: "running" },
      InstanceType: "m7i.large",
      SubnetId: destination.subnetId,
      ImageId: (to === HOME ? move.ami : move.copy)?.amiId,
      MetadataOptions: { HttpTokens: "required", HttpPutResponseHopLimit: 2 },
      Tags: TAGS,
    });
    expect(made?.Placement?.AvailabilityZone).not.toBe("us-east-1a");
    const rows = (await testConsole.auditRows()).filter(({ resource }) => resource === key.instanceId);
    expect(rows.map(({ action }) => action)).toEqual([
      "begin-move",
      ...steps.map((step) => STEPS[step].action),
    ]);
  });

  it("reaches the same end with one new instance wherever it is broken off", async () => {
    const ctx = testConsole.contextOf();
    const lost = { ami: { amiId: null }, copy: { copyId: null }, launch: { newInstanceId: null } };
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(HOME, FAR),
        // How often each step is asked for at once, and how often its answer is lost before it is written down.
        fc.record({
          ami: fc.record({ at: fc.integer({ min: 1, max: 3 }), lost: fc.nat(2) }),
          copy: fc.record({ at: fc.integer({ min: 1, max: 3 }), lost: fc.nat(2) }),
          launch: fc.record({ at: fc.integer({ min: 1, max: 3 }), lost: fc.nat(2) }),
        }),
        async (to, breaks) => {
          const key = await anInstance();
          const [instances, here, there] = [await instancesOf(to), await imagesOf(HOME), await imagesOf(FAR)];
          const { id } = await begun(key, to);
          const { orm } = await ctx.database();
          for (const step of ["ami", ...(to === FAR ? (["copy"] as const) : []), "launch"] as const) {
            for (let round = 0; round <= breaks[step].lost; round++) {
              later();
              const asked = Array.from({ length: breaks[step].at }, () =>
                STEPS[step]({ ctx, input: { id } }),
              );
              const outcomes = await Promise.allSettled(asked);
              expect(outcomes.some(({ status }) => status === "fulfilled")).toBe(true);
              if (round < breaks[step].lost)
                await orm.update(instanceMoves).set(lost[step]).where(eq(instanceMoves.id, id));
            }
          }
          later();
          await stopMovedInstance({ ctx, input: { id } });
          const move = await moveOf(key);
          expect(move.launched).toMatchObject({ state: "running", checks: "ok" });
          expect(move.old.state).toBe("stopped");
          expect((await instancesOf(to)).length).toBe(instances.length + 1);
          expect((await imagesOf(HOME)).length).toBe(here.length + 1);
          expect((await imagesOf(FAR)).length).toBe(there.length + (to === FAR ? 1 : 0));
        },
      ),
      { numRuns: 8 },
    );
  }, 120_000);

  it("launches again after AWS ended the new instance, and not before", async () => {
    const ctx = testConsole.contextOf();
    const key = await anInstance();
    const { id } = await begun(key, HOME);
    await createMoveAmi({ ctx, input: { id } });
    later();
    const { instanceId: first } = await launchMovedInstance({ ctx, input: { id } });
    await expect(launchMovedInstance({ ctx, input: { id } })).rejects.toThrow("It is done.");
    await ec2(HOME).send(new TerminateInstancesCommand({ InstanceIds: [first] }));
    expect((await moveOf(key)).steps.launch).toMatchObject({ state: "failed", possible: { can: true } });
    const { instanceId: second } = await launchMovedInstance({ ctx, input: { id } });
    expect(second).not.toBe(first);
    await endMove({ ctx, input: { id } });
  });

  it("takes nothing for gone that AWS may not show yet", async () => {
    const ctx = testConsole.contextOf();
    const key = await anInstance();
    const { id } = await begun(key, HOME);
    const { amiId } = await createMoveAmi({ ctx, input: { id } });
    await ec2(HOME).send(new DeregisterImageCommand({ ImageId: amiId }));
    testConsole.clock.advance(60_000);
    const { move } = await getMove({ ctx, input: key });
    expect(move?.steps.ami.state).toBe("not known");
    expect(move?.doubts).toEqual([`AWS does not show ${amiId} yet.`]);
    await expect(createMoveAmi({ ctx, input: { id } })).rejects.toThrow("not known");
    expect((await moveOf(key)).steps.ami).toMatchObject({ state: "failed", possible: { can: true } });
    const again = await createMoveAmi({ ctx, input: { id } });
    expect(again.amiId).not.toBe(amiId);
    await endMove({ ctx, input: { id } });
  });

  it("goes on in another zone after a launch was refused", async () => {
    const ctx = testConsole.contextOf();
    const key = await anInstance();
    const { id, destination } = await begun(key, HOME);
    const { orm } = await ctx.database();
    await createMoveAmi({ ctx, input: { id } });
    later();
    // The zone stopped offering the type after the move began.
    const refused = { ...destination, subnetId: await subnetIn("us-east-1f") };
    await orm.update(instanceMoves).set({ destination: refused }).where(eq(instanceMoves.id, id));
    await expect(launchMovedInstance({ ctx, input: { id } })).rejects.toThrow(
      "not supported in your requested",
    );
    await expect(changeMove({ ctx, input: { id, destination: refused } })).rejects.toThrow(
      "does not offer m7i.large",
    );
    await changeMove({ ctx, input: { id, destination } });
    await launchMovedInstance({ ctx, input: { id } });
    await expect(changeMove({ ctx, input: { id, destination } })).rejects.toThrow("already exists");
    await endMove({ ctx, input: { id } });
    await expect(stopMovedInstance({ ctx, input: { id } })).rejects.toThrow("has ended");
  });

  it("stops nothing before the new instance passed its checks", async () => {
    const ctx = testConsole.contextOf();
    const key = await anInstance();
    const { id } = await begun(key, HOME);
    await expect(launchMovedInstance({ ctx, input: { id } })).rejects.toThrow("no AMI to launch from");
    await expect(stopMovedInstance({ ctx, input: { id } })).rejects.toThrow("isn’t there yet");
    await createMoveAmi({ ctx, input: { id } });
    await expect(launchMovedInstance({ ctx, input: { id } })).rejects.toThrow("no AMI to launch from");
    later();
    await launchMovedInstance({ ctx, input: { id } });
    await expect(stopMovedInstance({ ctx, input: { id } })).rejects.toThrow("passed its status checks");
    expect((await moveOf(key)).steps.stop.possible).toEqual({ can: true });
    await endMove({ ctx, input: { id } });
  });

  it("is refused for what an AMI cannot move, and says what is wrong with a destination", async () => {
    const ctx = testConsole.contextOf();
    const key = await anInstance();
    const { suggested } = await previewMove({ ctx, input: { ...key, to: HOME } });
    const begin = (more: Partial<typeof suggested>) =>
      beginMove({ ctx, input: { ...key, reboot: false, destination: { ...suggested, ...more } } });
    await expect(begin({ subnetId: await subnetIn("us-east-1a") })).rejects.toThrow("in us-east-1a already");
    await expect(begin({ subnetId: await subnetIn("us-east-1f") })).rejects.toThrow(
      "does not offer m7i.large",
    );
    await expect(begin({ securityGroupIds: ["sg-00000000"] })).rejects.toThrow(
      "no security group sg-00000000",
    );
    await expect(begin({ keyName: "mine" })).rejects.toThrow("no key pair mine");
    await expect(begin({ region: "mars-north-1" })).rejects.toThrow("not enabled");
    await begin({});
    await expect(begin({})).rejects.toThrow("already in progress");
    const held = await anInstance();
    await ec2(HOME).send(
      new CreateTagsCommand({
        Resources: [held.instanceId],
        Tags: [{ Key: "karpenter.sh/nodepool", Value: "default" }],
      }),
    );
    const preview = await previewMove({ ctx, input: { ...held, to: HOME } });
    expect(preview.obstacles).toEqual([
      "The Karpenter node pool default starts and ends this instance. Change its subnets instead.",
    ]);
    await expect(
      beginMove({ ctx, input: { ...held, reboot: true, destination: preview.suggested } }),
    ).rejects.toThrow("Karpenter");
  });

  it("takes a grant for the instance's image, at each step", async () => {
    const admin = testConsole.contextOf();
    const key = await anInstance();
    const { id, destination } = await begun(key, HOME);
    const other = testConsole.contextOf({ role: "admin", target: "*", namePrefix: "web" });
    for (const step of Object.values(STEPS))
      await expect(step({ ctx: other, input: { id } })).rejects.toThrow(/no move|need the role/);
    await expect(endMove({ ctx: other, input: { id } })).rejects.toThrow(/no move|need the role/);
    await expect(beginMove({ ctx: other, input: { ...key, destination, reboot: true } })).rejects.toThrow(
      "need the role",
    );
    expect(await getMove({ ctx: other, input: key })).toEqual({ move: null });
    const author = testConsole.contextOf({ role: "author", target: "*" });
    await createMoveAmi({ ctx: author, input: { id } });
    later();
    await expect(launchMovedInstance({ ctx: author, input: { id } })).rejects.toThrow("role admin");
    await endMove({ ctx: admin, input: { id } });
  });
});
