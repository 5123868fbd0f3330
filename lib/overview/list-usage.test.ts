import { CreateComponentCommand } from "@aws-sdk/client-imagebuilder";
import { afterEach, describe, expect, it } from "vitest";
import { LOCAL_ADMINISTRATOR } from "@/lib/auth/local-administrator";
import { createAwsGateway } from "@/lib/aws/gateway";
import { readConfig } from "@/lib/config/config";
import { openDatabase } from "@/lib/db/database";
import { indexBuilds } from "@/lib/testing/index-builds";
import { manualClock } from "@/lib/testing/manual-clock";
import { createSamplePipeline } from "@/lib/testing/sample-pipeline";
import { type StubRequest, startStubAws } from "@/lib/testing/stub-aws";
import { startTestConsole } from "@/lib/testing/test-console";
import { contextIn } from "@/lib/use-case/use-case-context";
import { listUsage } from "./list-usage";

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const DOCUMENT =
  "schemaVersion: 1.0\nphases: [{name: build, steps: [{name: Look, action: ExecuteBash, inputs: {commands: [id]}}]}]";

describe("the usage of a list", { timeout: 120_000 }, () => {
  it("is not known before the builds are, then says unused of what nothing uses and reaches pipelines", async () => {
    const testConsole = await startTestConsole();
    closers.push(testConsole.close);
    await createSamplePipeline(testConsole.imageBuilder, { name: "Web Base" });
    await testConsole.imageBuilder.send(
      new CreateComponentCommand({
        ...{ name: "spare", semanticVersion: "1.0.0", platform: "Linux", data: DOCUMENT },
      }),
    );
    const look = async () => {
      testConsole.clock.advance(10_000);
      const all = await listUsage({ ctx: testConsole.contextOf(), input: { kind: "component" } });
      return new Map(all.map((usage) => [usage.name, usage]));
    };
    const before = await look();
    expect(before.get("spare")).toMatchObject({ state: "not-known", unused: [] });
    expect(before.get("spare")?.why).toContain("no history yet");

    await indexBuilds(testConsole);
    const after = await look();
    expect(after.get("spare")).toMatchObject({ state: "unused", unused: [expect.stringContaining("spare")] });
    const used = [...after.values()].filter(({ state }) => state === "used");
    expect(used.some(({ recipes, pipelines }) => recipes > 0 && pipelines > 0)).toBe(true);
  });

  it("stays within the calls for lists, and knows everything in the end", async () => {
    const count = 300;
    const listCalls = 60;
    const head = "arn:aws:imagebuilder:us-east-1:111111111111";
    const recipe = (number: number) => ({
      arn: `${head}:image-recipe/web-${number}/1.0.0`,
      name: `web-${number}`,
      version: "1.0.0",
      dateCreated: "2026-01-01T00:00:00Z",
    });
    const clock = manualClock();
    const answer = ({ path, body }: StubRequest) => {
      if (path.startsWith("/ListImageRecipes")) {
        const from = Number(body.nextToken ?? 0);
        const rows = Array.from({ length: 25 }, (_, at) => recipe(from + at));
        return { imageRecipeSummaryList: rows, ...(from + 25 < count && { nextToken: String(from + 25) }) };
      }
      if (path.startsWith("/GetImageRecipe"))
        return {
          imageRecipe: {
            ...recipe(0),
            components: [{ componentArn: `${head}:component/tools/x.x.x` }],
          },
        };
      if (path.startsWith("/ListComponents"))
        return {
          componentVersionList: [{ arn: `${head}:component/tools/1.0.0`, name: "tools", version: "1.0.0" }],
        };
      return {};
    };
    const stub = await startStubAws((request) => ({ status: 200, json: answer(request) }));
    const database = await openDatabase({ kind: "memory" });
    closers.push(stub.close, database.close);
    const config = readConfig({ GOLDSMITH_LIST_CALLS: String(listCalls) });
    const aws = createAwsGateway({
      ...{ aws: { endpoint: stub.url, credentials: "account-id" }, clock, listCallsPerMinute: listCalls },
      patienceMs: Number.POSITIVE_INFINITY,
    });
    const runtime = { config, clock, database: async () => database, aws };
    const ctx = contextIn(runtime, { targetId: "demo", actor: LOCAL_ADMINISTRATOR });
    const look = () => listUsage({ ctx, input: { kind: "component" } }).catch(() => []);
    const minutes = 20;
    for (let poll = 0; poll < minutes * 6; poll++) {
      await Promise.all([look(), look()]);
      clock.advance(10_000);
    }
    const atStart = listCalls / 6 + 2;
    expect(stub.requests.length).toBeLessThanOrEqual(minutes * listCalls + atStart);
    const read = stub.requests.filter(({ path }) => path.startsWith("/GetImageRecipe")).length;
    expect(read, "each version is read once").toBe(count);
    const [tools] = await look();
    expect(tools).toMatchObject({ name: "tools", state: "used", recipes: count });
    expect(tools?.why).not.toContain("recipes not read");
  });
});
