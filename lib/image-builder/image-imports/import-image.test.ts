import { CreateInfrastructureConfigurationCommand } from "@aws-sdk/client-imagebuilder";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestConsole, type TestConsole } from "@/lib/testing/test-console";
import { getImageBuild } from "../image-builds/get-image-build";
import { importImage } from "./import-image";

let testConsole: TestConsole;
beforeAll(async () => {
  testConsole = await startTestConsole();
});
afterAll(() => testConsole.close());

const VM = {
  from: "vm",
  name: "old server",
  semanticVersion: "1.0.0",
  platform: "Linux",
  vmImportTaskId: "import-ami-0123456789abcdef0",
};

describe("importImage", () => {
  it("makes an image of a virtual machine that EC2 has imported", async () => {
    const ctx = testConsole.contextOf();
    const key = await importImage({ ctx, input: { input: VM } });
    expect(key).toEqual({ name: "old-server", version: "1.0.0", build: "1" });
    expect(await getImageBuild({ ctx, input: key })).toMatchObject({
      buildType: "IMPORT",
      platform: "Linux",
    });
    expect((await testConsole.auditRows()).at(-1)).toMatchObject({
      action: "import-image",
      result: "succeeded",
    });
  });

  it("makes one of a disk file of Windows", async () => {
    const { infrastructureConfigurationArn = "" } = await testConsole.imageBuilder.send(
      new CreateInfrastructureConfigurationCommand({
        name: "import",
        instanceProfileName: "EC2InstanceProfileForImageBuilder",
      }),
    );
    const input = {
      from: "iso",
      name: "desktop",
      semanticVersion: "1.0.0",
      osVersion: "Microsoft Windows 11",
      executionRole: "ImageBuilderWorkflowExecutionRole",
      uri: "s3://media/windows-11.iso",
      infrastructureConfigurationArn,
    };
    const ctx = testConsole.contextOf();
    const key = await importImage({ ctx, input: { input } });
    expect(await getImageBuild({ ctx, input: key })).toMatchObject({ buildType: "IMPORT_ISO" });
  });

  it("refuses what is neither, and an operator", async () => {
    const ctx = testConsole.contextOf();
    await expect(importImage({ ctx, input: { input: { ...VM, vmImportTaskId: "vm" } } })).rejects.toThrow(
      /import-ami/,
    );
    const operator = testConsole.contextOf({ role: "operator", target: "test" });
    await expect(importImage({ ctx: operator, input: { input: VM } })).rejects.toMatchObject({
      detail: { code: "forbidden" },
    });
  });
});
