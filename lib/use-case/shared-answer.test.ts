import { afterAll, beforeAll, expect, it } from "vitest";
import { setPipelineStatus } from "@/lib/image-builder/pipelines/set-pipeline-status";
import { listPipelines } from "@/lib/overview/list-pipelines";
import { startTestConsole, type TestConsole } from "@/lib/testing/test-console";

let console: TestConsole;
beforeAll(async () => {
  console = await startTestConsole({ seed: "demo", accountId: "111111111111" });
}, 60_000);
afterAll(() => console.close());

const viewer = (namePrefix?: string) =>
  console.contextOf({ role: "viewer", target: "*", ...(namePrefix && { namePrefix }) });

it("an answer is one for all who may see the same, and worked out again after a second", async () => {
  const first = await listPipelines({ ctx: viewer() });
  expect(await listPipelines({ ctx: viewer() })).toBe(first);
  console.clock.advance(1_100);
  expect(await listPipelines({ ctx: viewer() })).not.toBe(first);
});

it("who may see less never gets the answer of somebody who may see more, nor the other way round", async () => {
  const all = await listPipelines({ ctx: viewer() });
  const some = await listPipelines({ ctx: viewer("web-") });
  expect(some.pipelines.length).toBeGreaterThan(0);
  expect(some.pipelines.every(({ name }) => name.startsWith("web-"))).toBe(true);
  expect(await listPipelines({ ctx: viewer() })).toBe(all);
  expect(all.pipelines.length).toBeGreaterThan(some.pipelines.length);
  await expect(
    listPipelines({ ctx: console.contextOf({ role: "admin", target: "other" }) }),
  ).rejects.toMatchObject({ detail: { code: "forbidden" } });
});

it("no answer from before a write is given after it", async () => {
  const [before] = (await listPipelines({ ctx: viewer("web-") })).pipelines;
  const name = before?.name ?? "";
  expect(before?.status).toBe("ENABLED");
  await setPipelineStatus({ ctx: console.contextOf(), input: { name, status: "DISABLED" } });
  const [after] = (await listPipelines({ ctx: viewer("web-") })).pipelines;
  expect(after).toMatchObject({ name, status: "DISABLED" });
});
