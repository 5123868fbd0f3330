import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RESOURCE_KINDS, type ResourceKind } from "@/lib/core/resource-names";
import { allResources } from "@/lib/image-builder/resources/all-resources";
import { createResource } from "@/lib/image-builder/resources/create-resource";
import { deleteResource } from "@/lib/image-builder/resources/delete-resource";
import { listResources } from "@/lib/image-builder/resources/list-resources";
import { indexBuilds } from "@/lib/testing/index-builds";
import { createSamplePipeline } from "@/lib/testing/sample-pipeline";
import { startTestConsole, type TestConsole } from "@/lib/testing/test-console";
import { planBulkDeletion } from "./plan-bulk-deletion";

let testConsole: TestConsole;
beforeAll(async () => {
  testConsole = await startTestConsole();
  await createSamplePipeline(testConsole.imageBuilder, { name: "Web Base" });
});
afterAll(() => testConsole.close());

const DOCUMENT =
  "name: Spare\nschemaVersion: 1.0\nphases: [{name: build, steps: [{name: Look, action: ExecuteBash, inputs: {commands: [id]}}]}]";
const spare = (name: string, semanticVersion: string) =>
  createResource({
    ctx: testConsole.contextOf(),
    input: { kind: "component", input: { name, semanticVersion, platform: "Linux", data: DOCUMENT } },
  });
const plan = (kind: ResourceKind, names: string[], ctx = testConsole.contextOf()) =>
  planBulkDeletion({ ctx, input: { resources: names.map((name) => ({ kind, name })) } });

describe("the plan of deleting several", { timeout: 60_000 }, () => {
  it("takes no component as unused before the history is complete, and then only the versions nothing uses", async () => {
    await spare("spare", "1.0.0");
    await spare("spare", "1.0.1");
    testConsole.clock.advance(120_000);
    const before = await plan("component", ["spare"]);
    expect(before.goes).toEqual([]);
    expect(before.stays.every(({ isNotKnown }) => isNotKnown)).toBe(true);

    await indexBuilds(testConsole);
    testConsole.clock.advance(120_000);
    const all = await listResources({ ctx: testConsole.contextOf(), input: { kind: "component" } });
    const after = await plan("component", [...new Set(all.map(({ name }) => name))]);
    expect(after.goes.map(({ name }) => name)).toEqual(["spare 1.0.0", "spare 1.0.1"]);
    expect(after.stays.map(({ why }) => why.join(" "))).toEqual([
      expect.stringContaining("the image recipe Web Base recipe"),
    ]);
  });

  it("offers of every kind only what AWS then deletes", async () => {
    await indexBuilds(testConsole);
    for (const kind of RESOURCE_KINDS) {
      testConsole.clock.advance(120_000);
      const ctx = testConsole.contextOf();
      const rows = await allResources(ctx, kind);
      if (rows.length === 0) continue;
      const { goes, stays } = await plan(kind, [...new Set(rows.map(({ name }) => name))]);
      expect(goes.length + stays.length, kind).toBe(rows.length);
      if (kind === "image-pipeline") continue;
      for (const { at } of goes)
        await deleteResource({ ctx, input: { kind, arn: at && "arn" in at ? at.arn : "" } });
      for (const { at, isNotKnown } of stays) {
        if (isNotKnown) continue;
        const removing = deleteResource({ ctx, input: { kind, arn: at && "arn" in at ? at.arn : "" } });
        await expect(removing, kind).rejects.toMatchObject({ detail: { code: "conflict" } });
      }
    }
  });

  it("says nothing of what is outside the actor's role", async () => {
    await spare("web-tools", "1.0.0");
    testConsole.clock.advance(120_000);
    const ctx = testConsole.contextOf({ role: "viewer", target: "*", namePrefix: "web-" });
    const { goes, stays } = await plan("component", ["web-tools", "good-component"], ctx);
    expect(goes).toEqual([]);
    expect(stays).toEqual([
      expect.objectContaining({
        name: "web-tools 1.0.0",
        why: expect.arrayContaining(["Your role doesn't cover removing it."]),
      }),
    ]);
  });
});
