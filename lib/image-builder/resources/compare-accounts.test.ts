import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ResourceKind } from "@/lib/core/resource-names";
import type { JsonObject } from "@/lib/definitions/types";
import { createSamplePipeline } from "@/lib/testing/sample-pipeline";
import { startTestConsole, type TestConsole } from "@/lib/testing/test-console";
import { compareAccounts } from "./compare-accounts";
import { createResource } from "./create-resource";
import { getResource } from "./get-resource";
import { listResources } from "./list-resources";

/** A pipeline and all that it names, in an order in which each can be copied. */
const IN_ORDER: ResourceKind[] = [
  "component",
  "image-recipe",
  "infrastructure-configuration",
  "distribution-configuration",
  "image-pipeline",
];

describe("a comparison between accounts", () => {
  let testConsole: TestConsole;
  beforeAll(async () => {
    testConsole = await startTestConsole({ others: [{ id: "other", accountId: "333333333333" }] });
    await createSamplePipeline(testConsole.imageBuilder, { name: "web" });
  }, 60_000);
  afterAll(() => testConsole.close());

  const compare = (kind: ResourceKind, name: string, ctx = testConsole.contextOf()) =>
    compareAccounts({ ctx, input: { kind, name, with: "other" } });

  it("says what a pipeline lacks there, and copies it whole once its parts are copied", async () => {
    const ctx = testConsole.contextOf();
    const other = ctx.inTarget("other");
    const first = await compare("image-pipeline", "web");
    expect(first.before).toBeUndefined();
    expect(first.lacks.length).toBeGreaterThanOrEqual(2);
    expect(first.lacks.every((sentence) => /has no .*Copy it first\.$/.test(sentence))).toBe(true);
    for (const kind of IN_ORDER)
      for (const { name } of await listResources({ ctx, input: { kind } })) {
        const { copy, lacks, blocked } = await compare(kind, name);
        expect(
          lacks.filter((sentence) => sentence.includes("has no")),
          `${kind} ${name}`,
        ).toEqual([]);
        expect(blocked).toEqual([]);
        await createResource({ ctx: other, input: { kind, input: copy } });
      }
    const { content } = await getResource({ ctx: other, input: { kind: "image-pipeline", name: "web" } });
    expect(content.status).toBe("DISABLED");
    expect(JSON.stringify(content)).not.toContain(ctx.target.accountId);
    const again = await compare("infrastructure-configuration", nameIn(content));
    expect(again.blocked).toEqual(["other has the same already."]);
  });

  it("shows what differs, gives a version that is taken another number, and creates nothing itself", async () => {
    const ctx = testConsole.contextOf();
    const [recipe] = await listResources({ ctx, input: { kind: "image-recipe" } });
    const own = await compare("image-recipe", recipe?.name ?? "");
    await createResource({
      ctx,
      input: { kind: "image-recipe", input: { ...own.copy, ...(await ownContent(ctx, recipe?.name ?? "")) } },
    });
    const next = await compare("image-recipe", recipe?.name ?? "");
    expect(next.before).not.toEqual(next.after);
    expect(next.copy.semanticVersion).toBe("9.0.0");
    const back = await compareAccounts({
      ctx: testConsole.contextOf(),
      input: { kind: "image-recipe", name: recipe?.name ?? "", version: "9.0.0", with: "other" },
    });
    expect(back.there?.version).toBe(recipe?.version);
  });

  it("asks for the role there, for the name there, and says who may not copy", async () => {
    const here = testConsole.contextOf({ role: "admin", target: "test" });
    await expect(compare("image-pipeline", "web", here)).rejects.toThrow("no such account");
    const viewer = testConsole.contextOf(
      { role: "admin", target: "test" },
      { role: "viewer", target: "other", namePrefix: "web" },
    );
    expect((await compare("image-pipeline", "web", viewer)).blocked.join()).toMatch(/role author on other/);
    const db = testConsole.contextOf(
      { role: "admin", target: "test" },
      { role: "admin", target: "other", namePrefix: "db" },
    );
    await expect(compare("image-pipeline", "web", db)).rejects.toThrow(/viewer on other/);
  });
});

const nameIn = ({ infrastructureConfigurationArn }: JsonObject) =>
  String(infrastructureConfigurationArn).split("/").at(-1) ?? "";

/** A later version of a recipe with another working directory, as it is in its own account. */
async function ownContent(ctx: ReturnType<TestConsole["contextOf"]>, name: string): Promise<JsonObject> {
  const { content } = await getResource({ ctx, input: { kind: "image-recipe", name } });
  const { components, parentImage } = content;
  return {
    ...(components !== undefined && { components }),
    ...(parentImage !== undefined && { parentImage }),
    workingDirectory: "/opt/other",
    semanticVersion: "9.0.0",
  };
}
