import {
  ListImagePackagesCommand,
  ListImageScanFindingsCommand,
  StartImagePipelineExecutionCommand,
} from "@aws-sdk/client-imagebuilder";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { HISTORY_SYNC } from "@/lib/auth/history-sync";
import { HOUR_MS } from "@/lib/core/time";
import { TargetSync } from "@/lib/history/sync/target-sync";
import { createSamplePipeline } from "@/lib/testing/sample-pipeline";
import { startTestConsole, type TestConsole } from "@/lib/testing/test-console";
import { findBuilds } from "./find-builds";

let testConsole: TestConsole;
const builds: string[] = [];
beforeAll(async () => {
  testConsole = await startTestConsole();
  const { imageBuilder, clock } = testConsole;
  for (const name of ["scanned", "plain"]) {
    const imagePipelineArn = await createSamplePipeline(imageBuilder, {
      name,
      imageScanningConfiguration: { imageScanningEnabled: name === "scanned" },
    });
    const started = await imageBuilder.send(new StartImagePipelineExecutionCommand({ imagePipelineArn }));
    builds.push(started.imageBuildVersionArn ?? "");
    clock.advance(5 * HOUR_MS);
  }
  const ctx = testConsole.contextOf(...HISTORY_SYNC.grants);
  const sync = new TargetSync(ctx, await ctx.database(), { ratePerSecond: 100, timeZone: "UTC" });
  while ((await sync.step()) === 0);
}, 180_000);
afterAll(() => testConsole.close());

const find = (by: "package" | "cve", q: string) =>
  findBuilds({ ctx: testConsole.contextOf(), input: { by, q } });
const packagesOf = async (imageBuildVersionArn = "") =>
  (await testConsole.imageBuilder.send(new ListImagePackagesCommand({ imageBuildVersionArn })))
    .imagePackageList ?? [];

describe("who has a package", () => {
  it("is found by its name, by its version too, and in any case", async () => {
    const [first] = await packagesOf(builds[0]);
    const { packageName: name = "", packageVersion: version = "" } = first ?? {};
    const having = async (q: string) => (await find("package", q)).builds;
    expect((await having(name.toUpperCase())).map(({ arn }) => arn)).toContain(builds[0]);
    const [found] = await having(`  ${name}   ${version}`);
    expect(found?.matched).toContain(`${name} ${version}`);
    expect(await having(`${name} 0.0.0-none`)).toEqual([]);
    expect(await having(name.slice(1)), "a package is found from its beginning on").not.toContainEqual(
      expect.objectContaining({ matched: [`${name} ${version}`] }),
    );
  });

  it("says of how many images packages are known", async () => {
    expect((await find("package", "bash")).reach).toMatch(/2 of 2 latest images/);
  });

  it("is told to nobody who may not see the build", async () => {
    const [first] = await packagesOf(builds[0]);
    const ctx = testConsole.contextOf({ role: "viewer", target: "test", namePrefix: "plain" });
    const { builds: seen } = await findBuilds({ ctx, input: { by: "package", q: first?.packageName } });
    expect(seen.every(({ pipelineName }) => pipelineName === "plain")).toBe(true);
  });
});

describe("who has a CVE", () => {
  it("is what Inspector found, with the package that has it", async () => {
    const { findings = [] } = await testConsole.imageBuilder.send(new ListImageScanFindingsCommand({}));
    const [finding] = findings;
    const { vulnerabilityId = "", vulnerablePackages } = finding?.packageVulnerabilityDetails ?? {};
    const found = await find("cve", vulnerabilityId.toLowerCase());
    expect(found.builds.map(({ arn }) => arn)).toEqual([finding?.imageBuildVersionArn]);
    expect(found.builds[0]?.matched?.[0]).toContain(vulnerablePackages?.[0]?.name);
    expect((await find("cve", "CVE-1999-99999")).builds).toEqual([]);
  });

  it("asks for a whole ID before AWS is asked", async () => {
    const before = testConsole.calls.filter(({ operation }) => operation === "ListImageScanFindings").length;
    expect((await find("cve", "CVE-20")).reach).toMatch(/whole CVE ID/);
    const after = testConsole.calls.filter(({ operation }) => operation === "ListImageScanFindings").length;
    expect(after).toBe(before);
  });
});
