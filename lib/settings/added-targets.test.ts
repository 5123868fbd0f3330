import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listTargets } from "@/lib/image-builder/targets/list-targets";
import { startTestConsole, type TestConsole } from "@/lib/testing/test-console";
import { toConsoleError } from "@/lib/use-case/console-error";
import { applyAddedTargets } from "./added-targets";
import { getSettings } from "./get-settings";
import { removeTarget } from "./remove-target";
import { saveTarget } from "./save-target";

describe("accounts that administrators add", () => {
  let testConsole: TestConsole;
  beforeAll(async () => {
    testConsole = await startTestConsole();
  });
  afterAll(() => testConsole.close());
  const other = { id: "other", label: "Other", accountId: "333333333333", region: "eu-west-1" };

  it("are served at once, kept, shown as added, changed and removed, each on record", async () => {
    const ctx = testConsole.contextOf();
    await saveTarget({ ctx, input: other });
    expect(ctx.inTarget("other").target).toMatchObject({ ...other, isAdded: true });
    const { targets, mayChangeTargets } = await getSettings({ ctx });
    expect(mayChangeTargets).toBe(true);
    expect(targets.map(({ id, from }) => [id, from])).toEqual([
      [ctx.target.id, "environment"],
      ["other", "added"],
    ]);
    const changed = { ...other, label: "Renamed", environment: "production" };
    await saveTarget({ ctx, input: { ...changed, isChange: true } });
    expect(ctx.inTarget("other").target).toMatchObject(changed);
    expect((await listTargets({ ctx })).find(({ id }) => id === "other")?.environment).toBe("production");
    await saveTarget({ ctx, input: { ...changed, environment: "", isChange: true } });
    expect(ctx.inTarget("other").target).not.toHaveProperty("environment");
    await removeTarget({ ctx, input: { id: "other" } });
    expect(() => ctx.inTarget("other")).toThrow(/no target "other"/);
    const rows = await testConsole.auditRows();
    expect(rows.map(({ action }) => action)).toEqual(
      expect.arrayContaining(["save-target", "save-target", "remove-target"]),
    );
  });

  it("are refused where something is wrong, at the field", async () => {
    const ctx = testConsole.contextOf();
    const wrong: [object, string][] = [
      [{ id: ctx.target.id }, "id"],
      [{ id: "Api" }, "id"],
      [{ id: "api" }, "id"],
      [{ accountId: "33" }, "accountId"],
      [{ region: "Europe" }, "region"],
      [{ roleArn: "arn:aws:iam::444444444444:role/other" }, "roleArn"],
      [{ roleArn: "no ARN" }, "roleArn"],
      [{ externalId: "ä" }, "externalId"],
      [{ label: "" }, "label"],
      [{ environment: "prod" }, "environment"],
    ];
    for (const [change, field] of wrong) {
      const refused = await saveTarget({ ctx, input: { ...other, ...change } }).catch(toConsoleError);
      expect(refused, JSON.stringify(change)).toMatchObject({
        code: "invalid",
        fields: { [field]: expect.any(String) },
      });
    }
    expect((await getSettings({ ctx })).targets).toHaveLength(1);
  });

  it("are changed by administrators of all accounts only, and others' refusals are on record", async () => {
    const some = [
      [{ role: "admin" as const, target: "test" }],
      [{ role: "admin" as const, target: "*", namePrefix: "web-" }],
    ];
    for (const grants of some) {
      const ctx = testConsole.contextOf(...grants);
      const forbidden = { detail: { code: "forbidden" } };
      await expect(saveTarget({ ctx, input: other })).rejects.toMatchObject(forbidden);
      await expect(removeTarget({ ctx, input: { id: "other" } })).rejects.toMatchObject(forbidden);
    }
    const refused = (await testConsole.auditRows()).filter(({ result }) => result === "refused");
    expect(refused.map(({ action, resource }) => `${action} ${resource}`)).toEqual([
      ...["save-target other", "remove-target other", "save-target other", "remove-target other"],
    ]);
  });

  it("are shown to those who administer them", async () => {
    await saveTarget({ ctx: testConsole.contextOf(), input: other });
    const ctx = testConsole.contextOf({ role: "admin", target: testConsole.target.id });
    expect((await getSettings({ ctx })).targets.map(({ id }) => id)).toEqual([testConsole.target.id]);
    await removeTarget({ ctx: testConsole.contextOf(), input: { id: "other" } });
  });

  it("give way to one of the environment with the same ID", () => {
    const own = { id: "a", label: "Own", accountId: "111111111111", region: "us-east-1" };
    const targets = [own];
    const added = [
      { ...own, label: "Added", isAdded: true as const },
      { ...own, id: "b", isAdded: true as const },
    ];
    applyAddedTargets(targets, added);
    expect(targets.map(({ id, label }) => [id, label])).toEqual([
      ["a", "Own"],
      ["b", "Own"],
    ]);
    applyAddedTargets(targets, []);
    expect(targets).toEqual([own]);
  });
});
