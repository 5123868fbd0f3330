import { describe, expect, it } from "vitest";
import { componentDocument, newFactory, refusal } from "./factory-fixture";

const component = (data: string, semanticVersion = "1.0.0") => ({
  name: "Say_Hello",
  semanticVersion,
  platform: "Linux" as const,
  data,
});

describe("components", () => {
  it("are one resource under names that differ in case, spaces and underscores", async () => {
    const { client } = await newFactory();
    const made = await client.createComponent(component(componentDocument(["echo changed"])));
    expect(made.componentBuildVersionArn).toBe(
      "arn:aws:imagebuilder:us-east-1:222222222222:component/say-hello/1.0.0/2",
    );
    expect(made.latestVersionReferences?.latestMinorVersionArn).toMatch(/say-hello\/1\.0\.x$/);
  });

  it("are refused when version and content are there already", async () => {
    const { client, componentArn } = await newFactory();
    const again = client.createComponent(component(componentDocument(["echo built"])));
    expect(await refusal(again)).toBe(
      `ResourceAlreadyExistsException: The following resource 'Component' already exists: '${componentArn}'.`,
    );
  });

  it("are found by wildcard as the newest version, numerically", async () => {
    const { client } = await newFactory();
    for (const version of ["1.10.0", "1.9.0"]) {
      await client.createComponent(component(componentDocument(["echo built"]), version));
    }
    const { component: found } = await client.getComponent({
      componentBuildVersionArn: "arn:aws:imagebuilder:us-east-1:222222222222:component/say-hello/1.x.x",
    });
    expect(found).toMatchObject({
      version: "1.10.0",
      name: "Say_Hello",
      type: "BUILD",
      owner: "222222222222",
    });
  });

  it("are refused with an invalid document, and the reason", async () => {
    const { client } = await newFactory();
    const invalid = client.createComponent(component("schemaVersion: 1.0\nphases: []\n", "2.0.0"));
    expect(await refusal(invalid)).toMatch(
      /^InvalidParameterValueException: .*Phases list must not be empty/,
    );
  });

  it("change nothing on a dry run that would succeed", async () => {
    const { client } = await newFactory();
    const input = { ...component(componentDocument(["echo dry"]), "3.0.0"), dryRun: true };
    expect(await refusal(client.createComponent(input))).toMatch(/^DryRunOperationException/);
    const { componentVersionList } = await client.listComponents({ owner: "Self" });
    expect(componentVersionList?.map(({ version }) => version)).toEqual(["1.0.0"]);
  });

  it("are not deleted while a recipe uses them", async () => {
    const { client, componentArn, imageRecipeArn } = await newFactory();
    const refused = await refusal(client.deleteComponent({ componentBuildVersionArn: componentArn }));
    expect(refused).toMatch(/^ResourceDependencyException: .*has other resources depended on it/);
    await client.deleteImageRecipe({ imageRecipeArn });
    await client.deleteComponent({ componentBuildVersionArn: componentArn });
    const gone = client.getComponent({ componentBuildVersionArn: componentArn });
    expect(await refusal(gone)).toMatch(/^ResourceNotFoundException/);
  });

  it("answer a repeated client token with the first answer and refuse it for another request", async () => {
    const { client } = await newFactory();
    const input = { ...component(componentDocument(["echo once"]), "4.0.0"), clientToken: "token-1" };
    const first = await client.createComponent(input);
    const second = await client.createComponent(input);
    expect(second.componentBuildVersionArn).toBe(first.componentBuildVersionArn);
    const other = client.createComponent({ ...input, semanticVersion: "4.0.1" });
    expect(await refusal(other)).toMatch(/^IdempotentParameterMismatchException/);
  });

  it("of Amazon are listed in every account, by name once, and page to the end", async () => {
    const { client } = await newFactory();
    const names: string[] = [];
    let nextToken: string | undefined;
    do {
      const page = await client.listComponents({ owner: "Amazon", byName: true, maxResults: 5, nextToken });
      names.push(...(page.componentVersionList ?? []).map(({ name }) => name ?? ""));
      nextToken = page.nextToken;
    } while (nextToken);
    expect(names).toContain("update-linux");
    expect(names).toContain("simple-boot-test-windows");
    expect(new Set(names).size).toBe(names.length);
  });

  it("are filtered by names that AWS knows and by no other", async () => {
    const { client } = await newFactory();
    const windows = await client.listComponents({
      owner: "Amazon",
      filters: [{ name: "platform", values: ["Windows"] }],
    });
    expect(windows.componentVersionList?.every(({ platform }) => platform === "Windows")).toBe(true);
    const unknown = client.listComponents({ filters: [{ name: "colour", values: ["red"] }] });
    expect(await refusal(unknown)).toMatch(/^InvalidRequestException: The filter name 'colour' is not valid/);
  });

  it("refuse a page token that they did not give", async () => {
    const { client } = await newFactory();
    expect(await refusal(client.listComponents({ nextToken: "made-up" }))).toMatch(
      /^InvalidPaginationTokenException/,
    );
  });

  it("wrap an imported script as one step", async () => {
    const { client } = await newFactory();
    const { componentBuildVersionArn } = await client.importComponent({
      name: "imported",
      semanticVersion: "1.0.0",
      type: "BUILD",
      format: "SHELL",
      platform: "Linux",
      data: "set -e\necho imported",
    });
    const { component: made } = await client.getComponent({ componentBuildVersionArn });
    expect(made?.data).toContain("echo imported");
    expect(made?.type).toBe("BUILD");
  });
});
