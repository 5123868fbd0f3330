import { CreateComponentCommand } from "@aws-sdk/client-imagebuilder";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { starterDocuments } from "@/lib/component-document/starter-documents";
import { startTestConsole, type TestConsole } from "@/lib/testing/test-console";
import { toConsoleError } from "@/lib/use-case/console-error";
import { documentDraft } from "./document-draft";

let testConsole: TestConsole;
beforeAll(async () => {
  testConsole = await startTestConsole();
  for (const semanticVersion of ["1.0.0", "1.9.0", "1.10.0"]) {
    await testConsole.imageBuilder.send(
      new CreateComponentCommand({
        name: "Web Server",
        semanticVersion,
        platform: "Linux",
        description: "Serves pages",
        changeDescription: "As before",
        supportedOsVersions: ["Amazon Linux 2023"],
        data: starterDocuments.Linux,
        tags: { team: "web" },
      }),
    );
  }
});
afterAll(() => testConsole.close());

const ctx = () => testConsole.contextOf();

describe("what the form of a component begins with", () => {
  it("is a small good document where there is nothing to begin from", async () => {
    const { values, previous } = await documentDraft(ctx(), "component");
    expect(values).toMatchObject({ name: "", semanticVersion: "1.0.0", data: starterDocuments.Linux });
    expect(previous).toBeUndefined();
  });

  it("is everything of the old version under the next number, but what changed then", async () => {
    const from = { name: "web-server", version: "1.0.0", as: "version" as const };
    const { values, previous, takenVersions } = await documentDraft(ctx(), "component", from);
    expect(values).toEqual({
      name: "Web Server",
      semanticVersion: "1.10.1",
      platform: "Linux",
      description: "Serves pages",
      supportedOsVersions: ["Amazon Linux 2023"],
      data: starterDocuments.Linux,
      tags: { team: "web" },
      documentFrom: "text",
    });
    expect(previous).toMatchObject({ name: "Web Server", version: "1.0.0", dependents: 0 });
    expect(takenVersions).toEqual(["1.10.0", "1.9.0", "1.0.0"]);
  });

  it("is a copy of Amazon's under another name", async () => {
    const from = { name: "update-linux", owner: "Amazon", as: "copy" as const };
    const { values, previous } = await documentDraft(ctx(), "component", from);
    expect(values).toMatchObject({ name: "update-linux-copy", semanticVersion: "1.0.0", platform: "Linux" });
    expect(String(values.data)).toContain("UpdateOS");
    expect(Object.keys(values)).not.toEqual(expect.arrayContaining(["owner"]));
    expect(previous).toBeUndefined();
  });

  it("is nothing of what does not exist", async () => {
    const from = { name: "no-such", version: "1.0.0", as: "copy" as const };
    expect(await documentDraft(ctx(), "component", from).catch(toConsoleError)).toMatchObject({
      code: "not-found",
    });
  });
});
