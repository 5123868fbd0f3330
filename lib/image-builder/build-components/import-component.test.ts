import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestConsole, type TestConsole } from "@/lib/testing/test-console";
import { toConsoleError } from "@/lib/use-case/console-error";
import { getResource } from "../resources/get-resource";
import { importComponent } from "./import-component";

let testConsole: TestConsole;
beforeAll(async () => {
  testConsole = await startTestConsole();
});
afterAll(() => testConsole.close());

const script = {
  name: "harden",
  semanticVersion: "1.0.0",
  type: "TEST",
  format: "SHELL",
  platform: "Linux",
  data: "set -e\necho checked",
};

it("makes a component that runs the script, once for one token", async () => {
  const input = { input: script, clientToken: "4f3c1a52-6f6b-4b59-9a43-6bd7f1f5c002" };
  const first = await importComponent({ ctx: testConsole.contextOf(), input });
  expect(await importComponent({ ctx: testConsole.contextOf(), input })).toEqual(first);
  const found = await getResource({
    ctx: testConsole.contextOf(),
    input: { kind: "component", name: "harden" },
  });
  expect(found).toMatchObject({ version: "1.0.0", platform: "Linux", type: "TEST", buildArn: first.arn });
  expect(String(found.content.data)).toContain("echo checked");
});

it("refuses a script longer than AWS takes inline at its field, and a viewer at all", async () => {
  const long = { input: { ...script, data: "x".repeat(1025) } };
  const refused = await importComponent({ ctx: testConsole.contextOf(), input: long }).catch(toConsoleError);
  expect(refused).toMatchObject({ code: "invalid", fields: { data: expect.stringContaining("1,024") } });
  const viewer = testConsole.contextOf({ role: "viewer", target: "test" });
  const forbidden = await importComponent({ ctx: viewer, input: { input: script } }).catch(toConsoleError);
  expect(forbidden).toMatchObject({ code: "forbidden" });
});
