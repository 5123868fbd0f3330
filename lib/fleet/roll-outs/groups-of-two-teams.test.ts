import { UpdateAutoScalingGroupCommand } from "@aws-sdk/client-auto-scaling";
import { CreateLaunchTemplateVersionCommand } from "@aws-sdk/client-ec2";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { HOUR_MS } from "@/lib/core/time";
import { indexBuilds } from "@/lib/testing/index-builds";
import { createSampleGroup } from "@/lib/testing/sample-group";
import { startTestConsole, type TestConsole } from "@/lib/testing/test-console";
import { getFleet } from "../groups/get-fleet";
import { refreshInventory } from "../groups/kept-inventory";
import type { FleetRow } from "../groups/types";
import { continueRollOutSeries } from "../series/continue-roll-out-series";
import { endRollOutSeries } from "../series/end-roll-out-series";
import { getRollOutSeries } from "../series/get-roll-out-series";
import { skipSeriesGroup } from "../series/skip-series-group";
import { startRollOutSeries } from "../series/start-roll-out-series";
import { getRollOut } from "./get-roll-out";
import { listRollOuts } from "./list-roll-outs";
import { previewRollOut } from "./preview-roll-out";
import { startRollOut } from "./start-roll-out";

/** Groups that run the image of one team and would start another's, in every way in which a group names an AMI. */
const GROUPS = ["by-version", "by-override", "by-template-of-an-override"] as const;
type Build = NonNullable<FleetRow["starts"][number]["build"]>;

let testConsole: TestConsole;
let own: Build & { amiId: string };
let others: Build & { amiId: string };
beforeAll(async () => {
  testConsole = await startTestConsole({ seed: "demo", accountId: "111111111111" });
  await indexBuilds(testConsole);
  const { rows } = await getFleet({ ctx: testConsole.contextOf() });
  const builds = rows
    .filter(({ region }) => region === "us-east-1")
    .flatMap(({ starts }) => starts.flatMap(({ amiId, build }) => (build ? [{ amiId, ...build }] : [])));
  const [first] = builds;
  const second = builds.find(({ name }) => name !== first?.name);
  if (!first || !second) throw new Error("the demo's fleet runs one image only");
  [own, others] = [first, second];
  for (const name of GROUPS) await createMixedGroup(name);
  testConsole.clock.advance(120_000);
  // They were made behind the console's back.
  await refreshInventory(testConsole.contextOf(), "us-east-1");
}, 300_000);
afterAll(() => testConsole.close());

const connection = () => ({
  endpoint: testConsole.simulatorUrl,
  accountId: testConsole.target.accountId,
  region: "us-east-1",
});

async function createMixedGroup(name: (typeof GROUPS)[number]): Promise<void> {
  const { scaling, ec2 } = await createSampleGroup(connection(), { name, count: 0, MaxSize: 4 });
  const version = (LaunchTemplateName: string, ImageId: string) =>
    ec2.send(new CreateLaunchTemplateVersionCommand({ LaunchTemplateName, LaunchTemplateData: { ImageId } }));
  await version(name, own.amiId);
  await version(name, others.amiId);
  const template = (Version: string, LaunchTemplateName: string = name) => ({ LaunchTemplateName, Version });
  const AutoScalingGroupName = name;
  await scaling.send(
    new UpdateAutoScalingGroupCommand({
      AutoScalingGroupName,
      LaunchTemplate: template("3"),
      DesiredCapacity: 2,
    }),
  );
  testConsole.clock.advance(60_000);
  if (name === "by-version") {
    const LaunchTemplate = template("4");
    await scaling.send(new UpdateAutoScalingGroupCommand({ AutoScalingGroupName, LaunchTemplate }));
    return;
  }
  if (name === "by-template-of-an-override")
    await createSampleGroup(connection(), { name: `${name}-other`, count: 0 });
  if (name === "by-template-of-an-override") await version(`${name}-other`, others.amiId);
  const override =
    name === "by-override"
      ? { ImageId: others.amiId, InstanceType: "m5.large" }
      : { LaunchTemplateSpecification: template("3", `${name}-other`), InstanceType: "m5.large" };
  await scaling.send(
    new UpdateAutoScalingGroupCommand({
      AutoScalingGroupName,
      MixedInstancesPolicy: {
        LaunchTemplate: {
          LaunchTemplateSpecification: template("3"),
          Overrides: [override, { InstanceType: "m6i.large" }],
        },
      },
    }),
  );
}

const team = () => testConsole.contextOf({ role: "operator", target: "*", namePrefix: own.name });
const codeOf = (failing: Promise<unknown>) =>
  failing.then(
    () => "done",
    (error: { detail?: { code: string } }) => error.detail?.code ?? String(error),
  );

describe("a group that runs images of two teams", () => {
  it("is shown to each with nothing of the other's images", async () => {
    const { rows } = await getFleet({ ctx: team() });
    const shown = rows.filter(({ name }) => (GROUPS as readonly string[]).includes(name));
    expect(shown.map(({ name }) => name).toSorted()).toEqual([...GROUPS].toSorted());
    for (const text of [JSON.stringify(rows), JSON.stringify(await previewsOf(team()))]) {
      expect(text).toContain(own.name);
      expect(text).not.toContain(others.name);
    }
    expect(JSON.stringify(await previewsOf(testConsole.contextOf())), "all see both").toContain(others.name);
  });

  it.each(GROUPS)("is rolled out to by nobody who administers one of them only: %s", async (group) => {
    const key = { region: "us-east-1", group };
    const { defaults } = await previewRollOut({ ctx: testConsole.contextOf(), input: key });
    const input = {
      ...key,
      to: { version: 3 },
      pin: false,
      preferences: { ...defaults, skipMatching: false },
    };
    expect(await codeOf(startRollOut({ ctx: team(), input }))).toBe("forbidden");
    const { id } = await startRollOut({ ctx: testConsole.contextOf(), input });
    const told = [await getRollOut({ ctx: team(), input: { id } }), await listRollOuts({ ctx: team() })];
    expect(JSON.stringify(told)).not.toContain(others.name);
  });
});

/** A group that runs and would start one build's AMI, by version 3 of its template. */
async function createOwnGroup(name: string, build: Build & { amiId: string }): Promise<void> {
  const { scaling, ec2 } = await createSampleGroup(connection(), { name, count: 0, MaxSize: 2 });
  const LaunchTemplateData = { ImageId: build.amiId };
  await ec2.send(new CreateLaunchTemplateVersionCommand({ LaunchTemplateName: name, LaunchTemplateData }));
  const LaunchTemplate = { LaunchTemplateName: name, Version: "3" };
  await scaling.send(
    new UpdateAutoScalingGroupCommand({ AutoScalingGroupName: name, LaunchTemplate, DesiredCapacity: 1 }),
  );
}

describe("a roll-out to groups of two teams in order", () => {
  it("is shown to each without the other's groups, which nobody else starts, skips or ends", async () => {
    await createOwnGroup("group-of-own", own);
    await createOwnGroup("group-of-others", others);
    testConsole.clock.advance(120_000);
    const planned = [];
    for (const group of ["group-of-own", "group-of-others"]) {
      const key = { region: "us-east-1", group };
      const { defaults } = await previewRollOut({ ctx: testConsole.contextOf(), input: key });
      const preferences = { ...defaults, skipMatching: false };
      const gate = { by: "person" as const };
      planned.push({ ...key, to: { version: 3 }, pin: false, preferences, gate });
    }
    const refused = startRollOutSeries({ ctx: team(), input: { groups: planned } });
    expect(await codeOf(refused)).toBe("forbidden");
    const { id } = await startRollOutSeries({ ctx: testConsole.contextOf(), input: { groups: planned } });
    testConsole.clock.advance(HOUR_MS);

    const view = await getRollOutSeries({ ctx: team(), input: { id } });
    const { series } = await listRollOuts({ ctx: team() });
    expect(view).toMatchObject({ state: { is: "waiting", position: 1 } });
    expect(series.map((one) => one.id)).toEqual([id]);
    for (const text of [JSON.stringify(view), JSON.stringify(series)]) {
      expect(text).toContain("group-of-own");
      expect(text).not.toContain("group-of-others");
      expect(text).not.toContain(others.name);
    }
    const step = { id, position: 1 };
    expect(await codeOf(continueRollOutSeries({ ctx: team(), input: step }))).toBe("not-found");
    expect(await codeOf(skipSeriesGroup({ ctx: team(), input: step }))).toBe("not-found");
    expect(await codeOf(endRollOutSeries({ ctx: team(), input: { id } }))).toBe("forbidden");
    const stranger = testConsole.contextOf({ role: "operator", target: "*", namePrefix: "nobody-" });
    expect(await codeOf(getRollOutSeries({ ctx: stranger, input: { id } }))).toBe("not-found");
    await continueRollOutSeries({ ctx: testConsole.contextOf(), input: step });
  });
});

const previewsOf = (ctx: ReturnType<typeof team>) =>
  Promise.all(GROUPS.map((group) => previewRollOut({ ctx, input: { region: "us-east-1", group } })));
