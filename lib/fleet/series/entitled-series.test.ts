import { DescribeInstanceRefreshesCommand } from "@aws-sdk/client-auto-scaling";
import { afterAll, beforeAll, expect, it } from "vitest";
import { identityOf } from "@/lib/auth/identity";
import { noteStarter } from "@/lib/auth/tokens/token-rows";
import { readConfig } from "@/lib/config/config";
import { DAY_MS, HOUR_MS } from "@/lib/core/time";
import { createSampleGroup, type SampleGroup } from "@/lib/testing/sample-group";
import { startTestConsole, type TestConsole } from "@/lib/testing/test-console";
import { contextIn } from "@/lib/use-case/use-case-context";
import { previewRollOut } from "../roll-outs/preview-roll-out";
import { settleOpen } from "../roll-outs/watch-roll-outs";
import { advanceSeries } from "./advance-series";
import { getRollOutSeries } from "./get-roll-out-series";
import { startRollOutSeries } from "./start-roll-out-series";

const ISSUER = "https://id.example.com";
const proxy = (roles: unknown) => ({
  GOLDSMITH_PROXY: "jwt",
  GOLDSMITH_PROXY_HEADER: "x-token",
  GOLDSMITH_PROXY_ISSUER: ISSUER,
  GOLDSMITH_PROXY_AUDIENCE: "goldsmith",
  GOLDSMITH_PROXY_KEYS: `${ISSUER}/jwks`,
  GOLDSMITH_ROLES: JSON.stringify(roles),
});
const ROLES = [{ group: "platform", role: "operator" }];
const claimsOf = (...groups: string[]) => ({
  ...{ sub: "dana", email: "dana@example.com", email_verified: true },
  groups,
});
const signInOf = (roles: unknown) => {
  const { signIn } = readConfig(proxy(roles));
  if (signIn.kind !== "proxy") throw new Error("the settings name a proxy");
  return signIn;
};

let testConsole: TestConsole;
beforeAll(async () => {
  testConsole = await startTestConsole({ environment: proxy(ROLES) });
}, 240_000);
afterAll(() => testConsole.close());

const DANA = `${ISSUER}#dana`;
const dana = () => {
  const claims = claimsOf("platform");
  const { actor } = identityOf(claims, signInOf(ROLES), ISSUER);
  return contextIn(testConsole.runtime, { targetId: testConsole.target.id, actor, claims });
};

/** A first group that has succeeded, and a second one whose gate opens in an hour. */
async function startedSeries(name: string): Promise<{ id: string; second: SampleGroup }> {
  const connection = {
    ...{ endpoint: testConsole.simulatorUrl, accountId: testConsole.target.accountId },
    region: "us-east-1",
  };
  const groups = await Promise.all(
    ["a", "b"].map((end) => createSampleGroup(connection, { name: `${name}-${end}`, count: 1 })),
  );
  const planned = [];
  for (const group of groups) {
    const key = { region: "us-east-1", group: group.name };
    const { defaults } = await previewRollOut({ ctx: dana(), input: key });
    const gate = { by: "time" as const, minutes: 60 };
    planned.push({ ...key, to: { version: 2 }, pin: false, preferences: defaults, gate });
  }
  const { id } = await startRollOutSeries({ ctx: dana(), input: { groups: planned } });
  await look(ROLES, HOUR_MS);
  return { id, second: groups[1] as SampleGroup };
}

/** What the watcher does at a look, in a console of these roles. */
async function look(roles: unknown, advanceMs: number): Promise<void> {
  testConsole.clock.advance(advanceMs);
  const { config } = testConsole.runtime;
  const runtime = { ...testConsole.runtime, config: { ...config, signIn: signInOf(roles) } };
  const database = await runtime.database();
  await settleOpen(runtime, database);
  await advanceSeries(runtime, database);
}

/** What may have changed while its gate was closed, and what then becomes of the group behind it. */
const CHANGES: [string, { roles?: unknown; groups?: string[]; afterMs?: number }, string | undefined][] = [
  ["nothing", {}, undefined],
  [
    "the role, in the settings",
    { roles: [{ group: "platform", role: "viewer" }] },
    "dana@example.com may no longer roll out to it.",
  ],
  [
    "the names that the role is for",
    { roles: [{ group: "platform", role: "operator", names: "db-*" }] },
    "dana@example.com may no longer roll out to it.",
  ],
  [
    "the groups that the provider signed when they were last here",
    { groups: ["somewhere-else"] },
    "dana@example.com no longer has access to this console.",
  ],
  ["that they are here", { afterMs: 40 * DAY_MS }, "dana@example.com has not signed in for 30 days."],
];

it.each(CHANGES)(
  "goes on with what its starter may do now: %s",
  async (what, change, because) => {
    const { id, second } = await startedSeries(what.replaceAll(/[^a-z]/g, "").substring(0, 20));
    const { orm } = await testConsole.runtime.database();
    if (change.groups) await noteStarter(orm, DANA, claimsOf(...change.groups), testConsole.clock.now());
    await look(change.roles ?? ROLES, change.afterMs ?? 2 * HOUR_MS);
    await look(change.roles ?? ROLES, HOUR_MS);
    const view = await getRollOutSeries({ ctx: testConsole.contextOf(), input: { id } });
    const { InstanceRefreshes = [] } = await second.scaling.send(
      new DescribeInstanceRefreshesCommand({ AutoScalingGroupName: second.name }),
    );
    if (because === undefined) {
      expect(view.state).toEqual({ is: "done" });
      expect(InstanceRefreshes).toHaveLength(1);
      return;
    }
    expect(view.state).toEqual({ is: "waiting", position: 1, because });
    expect(InstanceRefreshes).toEqual([]);
  },
  60_000,
);
