import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { startTestConsole, type TestConsole } from "@/lib/testing/test-console";
import { noInput, useCase } from "./use-case";

const runSchema = z.object({ name: z.string().min(3, "A name has at least 3 characters.") });

describe("a use case", () => {
  let testConsole: TestConsole;
  beforeAll(async () => {
    testConsole = await startTestConsole();
  });
  afterAll(() => testConsole.close());

  it("asks for permission on the name in its input before it looks at anything else", async () => {
    let ran = 0;
    const run = useCase("run-pipeline", runSchema, async () => ++ran);
    const web = testConsole.contextOf({ role: "operator", target: "test", namePrefix: "web-" });
    const viewer = testConsole.contextOf({ role: "viewer", target: "test" });
    const strangers: unknown[] = [
      { name: "db-1" },
      { name: 7 },
      { name: null },
      {},
      null,
      undefined,
      "web-1",
      [],
    ];
    for (const input of strangers)
      await expect(run({ ctx: web, input: input as { name: string } })).rejects.toMatchObject({
        detail: { code: "forbidden" },
      });
    // Not even an input that no schema would take tells more than that.
    await expect(run({ ctx: viewer, input: { name: "w" } })).rejects.toMatchObject({
      detail: { code: "forbidden" },
    });
    expect(ran).toBe(0);
    const refused = (await testConsole.auditRows()).filter(({ result }) => result === "refused");
    expect(refused).toHaveLength(strangers.length + 1);
  });

  it("works on parsed input only", async () => {
    const run = useCase("run-pipeline", runSchema, async ({ input }) => Object.keys(input));
    const ctx = testConsole.contextOf();
    await expect(run({ ctx, input: { name: "w" } })).rejects.toThrow("at least 3 characters");
    const more = { name: "web-1", admin: true };
    expect(await run({ ctx, input: more })).toEqual(["name"]);
  });

  it("needs no input where it is about the target as a whole", async () => {
    const list = useCase("list-pipelines", noInput, async ({ ctx }) => ctx.target.id);
    expect(await list({ ctx: testConsole.contextOf() })).toBe("test");
  });

  it("does not compile where its input lacks the name that its permission asks for", () => {
    // @ts-expect-error the row of run-pipeline names the pipeline in `name`
    const run = useCase("run-pipeline", z.object({ pipeline: z.string() }), async () => 1);
    expect(run.action).toBe("run-pipeline");
  });
});
