import {
  CreateComponentCommand,
  CreateImageRecipeCommand,
  GetImagePipelineCommand,
  UpdateImagePipelineCommand,
} from "@aws-sdk/client-imagebuilder";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ImageBuildKey } from "@/lib/core/resource-names";
import { DAY_MS } from "@/lib/core/time";
import { changesInWords } from "@/lib/definitions/changes-in-words";
import { createSamplePipeline } from "@/lib/testing/sample-pipeline";
import { startTestConsole, type TestConsole } from "@/lib/testing/test-console";
import { findRecipesOnImage } from "../image-versions/find-recipes-on-image";
import { getImageVersions } from "../image-versions/get-image-versions";
import { listImageVersions } from "../image-versions/list-image-versions";
import { runPipeline } from "../pipelines/run-pipeline";
import { compareImageBuilds } from "./compare-image-builds";
import { countScanFindings } from "./count-scan-findings";
import { describeBaseImage } from "./describe-base-image";
import { exportScanFindings } from "./export-scan-findings";
import { getImageDefinition } from "./get-image-definition";
import { listImagePackages } from "./list-image-packages";
import { listScanFindings } from "./list-scan-findings";

let testConsole: TestConsole;
let first: ImageBuildKey;
let second: ImageBuildKey;
beforeAll(async () => {
  testConsole = await startTestConsole();
  const imagePipelineArn = await createSamplePipeline(testConsole.imageBuilder, {
    name: "web",
    imageScanningConfiguration: { imageScanningEnabled: true },
  });
  first = await runPipeline({ ctx: testConsole.contextOf(), input: { name: "web" } });
  testConsole.clock.advance(20 * DAY_MS);
  await moveToNewRecipe(imagePipelineArn);
  second = await runPipeline({ ctx: testConsole.contextOf(), input: { name: "web" } });
  testConsole.clock.advance(DAY_MS);
});
afterAll(() => testConsole.close());

/** A month later the pipeline follows a new version of its recipe, with one component more. */
async function moveToNewRecipe(imagePipelineArn: string): Promise<void> {
  const { imageBuilder } = testConsole;
  const { componentBuildVersionArn } = await imageBuilder.send(
    new CreateComponentCommand({
      name: "agent",
      semanticVersion: "1.0.0",
      platform: "Linux",
      data: "schemaVersion: 1.0\nphases:\n  - name: build\n    steps:\n      - name: Say\n        action: ExecuteBash\n        inputs:\n          commands:\n            - echo agent\n",
    }),
  );
  const { imageRecipeArn } = await imageBuilder.send(
    new CreateImageRecipeCommand({
      name: "web recipe",
      semanticVersion: "1.1.0",
      parentImage: "arn:aws:imagebuilder:us-east-1:aws:image/amazon-linux-2023-x86/x.x.x",
      workingDirectory: "/opt/build",
      components: [{ componentArn: componentBuildVersionArn }],
    }),
  );
  const { imagePipeline } = await imageBuilder.send(new GetImagePipelineCommand({ imagePipelineArn }));
  await imageBuilder.send(
    new UpdateImagePipelineCommand({
      imagePipelineArn,
      imageRecipeArn,
      infrastructureConfigurationArn: imagePipeline?.infrastructureConfigurationArn,
      imageScanningConfiguration: { imageScanningEnabled: true },
    }),
  );
}

const asked = () => ({ ctx: testConsole.contextOf({ role: "viewer", target: "test" }) });

describe("listImagePackages", () => {
  it("gives every page of the inventory by name", async () => {
    const { packages, isCollected } = await listImagePackages({ ...asked(), input: first });
    expect(isCollected).toBe(true);
    expect(packages.length).toBeGreaterThan(25);
    expect(packages.map(({ name }) => name)).toEqual(
      packages.map(({ name }) => name).toSorted((a, b) => a.localeCompare(b)),
    );
  });
});

describe("listScanFindings", () => {
  it("gives what Inspector found, gravest first, with the packages it touches", async () => {
    const { findings, isScanned, isWhole, scanStatus } = await listScanFindings({ ...asked(), input: first });
    expect({ isScanned, isWhole, scanStatus }).toEqual({
      isScanned: true,
      isWhole: true,
      scanStatus: "COMPLETED",
    });
    expect(findings[0]).toMatchObject({
      id: expect.stringMatching(/^CVE-/),
      packages: [{ name: expect.any(String) }],
    });
    const ranks = findings.map(({ severity }) => ["CRITICAL", "HIGH", "MEDIUM", "LOW"].indexOf(severity));
    expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
  });

  it("is exported as one line of CSV for each package of a finding", async () => {
    const { findings } = await listScanFindings({ ...asked(), input: first });
    let text = "";
    for await (const part of await exportScanFindings({ ...asked(), input: first })) text += part;
    const lines = text.trimEnd().split("\r\n");
    expect(lines[0]).toContain('"severity","id"');
    expect(lines).toHaveLength(1 + findings.flatMap(({ packages }) => packages).length);
  });
});

describe("getImageDefinition", () => {
  it("gives the recipe of that time, though the pipeline has moved on", async () => {
    const { recipe, infrastructure } = await getImageDefinition({ ...asked(), input: first });
    expect(recipe).toMatchObject({ name: "web recipe", version: "1.0.0" });
    expect(infrastructure).toMatchObject({ name: "web infrastructure" });
  });
});

describe("compareImageBuilds", () => {
  it("finds the last successful build of the pipeline, whatever its recipe's version", async () => {
    const comparison = await compareImageBuilds({ ...asked(), input: second });
    expect(comparison).toMatchObject({
      before: first,
      components: [
        { name: "agent", before: undefined, after: "1.0.0/1" },
        { name: "web-component", before: "1.0.0/1", after: undefined },
      ],
      hidden: [],
    });
    if (!("settings" in comparison)) throw new Error("nothing was compared");
    const { before, after, count } = comparison.settings;
    const changes = changesInWords(before, after);
    expect(changes).toHaveLength(count);
    expect(changes).toContainEqual({
      kind: "changed",
      what: "Recipe, working directory",
      before: "/tmp",
      after: "/opt/build",
    });
    expect(comparison.base.after).toMatch(/^ami-/);
  });

  it("tells packages apart when the base image is another", async () => {
    const comparison = await compareImageBuilds({ ...asked(), input: second });
    if (!("base" in comparison)) throw new Error("nothing was compared");
    const { base, packages, samePackages } = comparison;
    expect(base.before).not.toBe(base.after);
    expect(packages.length).toBeGreaterThan(0);
    expect(samePackages).toBeGreaterThan(0);
  });

  it("says that nothing came before the first build", async () => {
    const comparison = await compareImageBuilds({ ...asked(), input: first });
    expect(comparison).toEqual({ reason: "There is no successful build of web before this one." });
  });
});

describe("images by name", () => {
  it("are listed at their latest version, and have each version with its builds", async () => {
    const images = await listImageVersions({ ...asked(), input: {} });
    expect(images).toMatchObject([{ displayName: "web recipe", version: "1.1.0", versionCount: 2 }]);
    const image = await getImageVersions({ ...asked(), input: { name: "web-recipe" } });
    expect(image.versions.map(({ version, builds }) => [version, builds.length])).toEqual([
      ["1.1.0", 1],
      ["1.0.0", 1],
    ]);
    expect(image.followedArn).toMatch(/:image\/web-recipe\/x\.x\.x$/);
  });

  it("name the recipes that build on them, at whatever version, to a viewer too", async () => {
    const ctx = testConsole.contextOf({ role: "viewer", target: "test" });
    const recipesOn = (input: { name: string; owner?: "Amazon" }) => findRecipesOnImage({ ctx, input });
    const { usedBy } = await recipesOn({ name: "amazon-linux-2023-x86", owner: "Amazon" });
    expect(usedBy.map(({ name, version }) => [name, version])).toContainEqual(["web recipe", "1.1.0"]);
    expect(await recipesOn({ name: "web-recipe" })).toMatchObject({ usedBy: [] });
    expect(await recipesOn({ name: "nothing" })).toEqual({ usedBy: [] });
  });

  it("of Amazon are listed too, and a name that nobody has is not found", async () => {
    const images = await listImageVersions({ ...asked(), input: { owner: "Amazon" } });
    expect(images.map(({ name }) => name)).toContain("amazon-linux-2023-x86");
    await expect(getImageVersions({ ...asked(), input: { name: "nothing" } })).rejects.toMatchObject({
      detail: { code: "not-found" },
    });
  });
});

describe("countScanFindings", () => {
  it("counts what the list of findings holds, without reading it", async () => {
    const { findings } = await listScanFindings({ ...asked(), input: first });
    const { isScanned, counts } = await countScanFindings({ ...asked(), input: first });
    const having = (wanted: string) => findings.filter(({ severity }) => severity === wanted).length;
    expect(isScanned).toBe(true);
    expect(counts).toEqual({
      all: findings.length,
      critical: having("CRITICAL"),
      high: having("HIGH"),
      medium: having("MEDIUM"),
    });
  });

  it("does not count zero findings for an image that nobody scanned", async () => {
    await createSamplePipeline(testConsole.imageBuilder, { name: "unscanned" });
    const key = await runPipeline({ ctx: testConsole.contextOf(), input: { name: "unscanned" } });
    testConsole.clock.advance(DAY_MS);
    const counted = await countScanFindings({ ...asked(), input: key });
    expect(counted.isScanned).toBe(false);
    expect(counted.counts).toBeUndefined();
  });
});

describe("describeBaseImage", () => {
  it("calls an image by its name, and says which AMI it came to", async () => {
    const base = await describeBaseImage({ ...asked(), input: second });
    expect(base).toMatchObject({ name: "Amazon Linux 2023 x86", version: "x.x.x", hidden: [] });
    expect(base.amiId).toMatch(/^ami-/);
    expect(base.amiName).toEqual(expect.any(String));
    expect(base.ownImage).toBeUndefined();
  });
});
