import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runPreflight } from "@/lib/authoring/preflight/run-preflight";
import type { PreflightSubject } from "@/lib/authoring/preflight/types";
import { RESOURCE_SCHEMAS } from "@/lib/definitions/schemas";
import { createSimulator } from "@/simulator/testing";
import { listFiles, projectRoot, readText } from "./project-files";
import { rawCaller } from "./raw-requests";
import { amazons, SMALLEST } from "./smallest-requests";
import { startTestConsole, type TestConsole } from "./test-console";

/** Small inputs made anew from public bug reports. */
const CASES = join(projectRoot, "../shared/cases");
const json = (name: string) => JSON.parse(readFileSync(join(CASES, name), "utf8"));

describe.skipIf(!existsSync(CASES))("inputs of bug reports (needs ../shared/cases)", () => {
  it("are each read by a test", () => {
    const tests = listFiles("lib")
      .filter((path) => path.endsWith(".test.ts"))
      .map(readText)
      .join("\n");
    const unread = readdirSync(CASES).filter((name) => name !== "INDEX.md" && !tests.includes(name));
    expect(unread).toEqual([]);
  });

  it("a Region that nothing goes to is refused by the form and by AWS", async () => {
    const input = json("distribution-without-output.json");
    const { error } = RESOURCE_SCHEMAS["distribution-configuration"].safeParse(input);
    expect(error?.issues.map(({ path }) => path.join("."))).toEqual(["distributions.0.region"]);
    const simulator = createSimulator();
    expect(await rawCaller(simulator)("CreateDistributionConfiguration", input)).toMatchObject({
      code: "InvalidParameterValueException",
    });
    simulator.close?.();
  });

  it("the agent cannot be configured on Windows", async () => {
    const { additionalInstanceConfiguration } = json("windows-agent-removed.json");
    const simulator = createSimulator();
    const parentImage = amazons("image/windows-server-2016-english-full-base-x86/x.x.x");
    const recipe = { name: "web", semanticVersion: "1.0.0", parentImage, additionalInstanceConfiguration };
    expect(await rawCaller(simulator)("CreateImageRecipe", recipe)).toMatchObject({
      message: "Image Builder does not support configuring the SSM Agent on Windows",
    });
    simulator.close?.();
  });

  describe("in the preflight", () => {
    let testConsole: TestConsole;
    beforeAll(async () => {
      testConsole = await startTestConsole();
    }, 120_000);
    afterAll(() => testConsole.close());
    const said = async (recipe: object, distributions: object[] = []) => {
      const draft = {
        recipe: { use: "image-recipe", input: { ...SMALLEST["image-recipe"], name: "web", ...recipe } },
        components: [],
        infrastructure: {
          use: "new",
          input: { name: "web", instanceProfileName: "EC2InstanceProfileForImageBuilder" },
        },
        distribution:
          distributions.length > 0 ? { use: "new", input: { name: "web", distributions } } : { use: "none" },
      } as unknown as NonNullable<PreflightSubject["draft"]>;
      const checks = await runPreflight({ ctx: testConsole.contextOf(), input: { name: "web", draft } });
      return checks.filter(({ state }) => state !== "ok").map(({ state, title }) => `${state}: ${title}`);
    };

    it("volumes are held against the root device, each other and what EC2 allows", async () => {
      const [other, twice, fast] = json("root-device-names.json") as { blockDeviceMappings: object[] }[];
      for (const found of [other, twice, fast]) {
        const wrong = await said({ blockDeviceMappings: found?.blockDeviceMappings });
        expect(wrong.length, JSON.stringify(found)).toBeGreaterThan(0);
      }
    });

    it("a key of another account is found or cannot be looked at, and never said to be missing", async () => {
      const { recipe, distribution } = JSON.parse(
        JSON.stringify(json("key-of-another-account.json")).replaceAll(
          "KEYARN",
          "arn:aws:kms:us-east-1:722200009999:key/00000000-1111-2222-3333-444444444444",
        ),
      );
      const wrong = await said(recipe, distribution);
      expect(wrong.join("\n")).toMatch(/unknown: Couldn't read the KMS key of account 722200009999/);
      expect(wrong.join("\n")).not.toMatch(/KMS key not found/);
    });
  });
});
