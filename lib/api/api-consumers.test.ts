import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import openapiTS, { astToString } from "openapi-typescript";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { type ApiConsole, startApiConsole } from "@/lib/testing/api-console";
import { testedBlocks } from "@/lib/testing/documented-code";
import { projectRoot } from "@/lib/testing/project-files";
import { createSamplePipeline } from "@/lib/testing/sample-pipeline";
import { apiDocument } from "./api-document";

let api: ApiConsole;
let token: string;
/** Within the project, so that its packages are found from there. */
let folder: string;
beforeAll(async () => {
  api = await startApiConsole();
  ({ token } = await api.createToken({ name: "ci" }));
  await createSamplePipeline(api.imageBuilder, { name: "web-base" });
  await createSamplePipeline(api.imageBuilder, { name: "broken", command: "exit 23" });
  mkdirSync(join(projectRoot, ".cache"), { recursive: true });
  folder = mkdtempSync(join(projectRoot, ".cache/api-consumers-"));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await api.close();
});

const blocks = testedBlocks("docs/api.md", "lib/api/api-consumers.test.ts");
const codeIn = (language: string, holds = "") =>
  blocks.find((block) => block.language === language && block.code.includes(holds))?.code ?? "";

type Environment = Record<string, string | undefined>;

/** A program that uses the API, with what it wrote and how it ended. */
async function run(
  command: string,
  args: string[],
  environment: Environment = {},
): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(command, args, {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      NODE_ENV: "test",
      PATH: process.env.PATH,
      GOLDSMITH_URL: api.origin,
      GOLDSMITH_TOKEN: token,
      TARGET: "test",
      PIPELINE: "web-base",
      ...environment,
    },
  });
  let [out, err] = ["", ""];
  child.stdout.on("data", (part) => {
    out += part;
  });
  child.stderr.on("data", (part) => {
    err += part;
  });
  const code = await new Promise<number | null>((ended) => child.once("close", ended));
  return { code, out, err };
}
const goldsmith = (args: string[], environment?: Environment) =>
  run(process.execPath, [join(projectRoot, "scripts/goldsmith.mjs"), ...args], environment);

describe("goldsmith run", () => {
  it("waits, tells each stage, and prints the AMI", async () => {
    const { code, out, err } = await goldsmith(["run", "web-base", "--wait"]);
    expect(err).toMatch(/Build web-base-recipe 1\.0\.0\/\d+ started: http/);
    expect(err).toMatch(/Build: succeeded/);
    expect(err).toContain("Build succeeded");
    expect(out).toMatch(/^us-east-1 ami-[0-9a-f]{17}$/m);
    expect(code).toBe(0);
  });

  it("prints the failing step with its lines and why, and ends with 1", async () => {
    const { code, out, err } = await goldsmith(["run", "broken", "--target", "test", "--wait"]);
    expect(err).toContain("SayHello");
    expect(err).toContain("Exit code: 23");
    expect(err).toMatch(/^[> ] +\d+ \| .*exit status 23/m);
    expect(err).toContain("Fix: ");
    expect(err).toMatch(/\/images\/broken-recipe\/1\.0\.0\/\d+(#L\d+)?$/m);
    expect(out).toBe("");
    expect(code).toBe(1);
  });

  it("starts without waiting, and prints what it started as JSON", async () => {
    const { code, out } = await goldsmith(["run", "web-base", "--json"]);
    expect(JSON.parse(out)).toMatchObject({ image: "web-base-recipe", version: "1.0.0" });
    expect(code).toBe(0);
  });

  it("prints the build as JSON at its end", async () => {
    const { out } = await goldsmith(["run", "web-base", "--wait", "--json"]);
    expect(JSON.parse(out)).toMatchObject({
      result: "succeeded",
      amis: [{ region: "us-east-1", amiId: expect.stringMatching(/^ami-/) }],
    });
  });

  it("ends with 2 for what is refused or wrong, says why, and never prints the token", async () => {
    const { token: viewer } = await api.createToken({ role: "viewer" });
    const refused: [string[], Environment, RegExp][] = [
      [["run", "web-base"], { GOLDSMITH_TOKEN: viewer }, /role operator/],
      [["run", "nothing-here"], {}, /nothing-here.*cannot be found/],
      [["run", "web-base"], { GOLDSMITH_TOKEN: `${token.slice(0, -1)}!` }, /malformed/],
      [["run", "web-base"], { GOLDSMITH_TOKEN: undefined }, /GOLDSMITH_TOKEN/],
      [["run", "web-base"], { GOLDSMITH_URL: undefined }, /GOLDSMITH_URL/],
      [["run", "web-base"], { GOLDSMITH_URL: "http://images.example.com" }, /https/],
      [["run", "web-base", "--target", "elsewhere"], {}, /no target/],
      [["run"], {}, /Usage/],
      [["walk", "web-base"], {}, /Usage/],
      [["run", "web-base", "--timeout", "soon"], {}, /Usage/],
      [["run", "web-base", "--unknown"], {}, /Usage/],
    ];
    for (const [args, environment, reason] of refused) {
      const { code, out, err } = await goldsmith(args, environment);
      expect(err, args.join(" ")).toMatch(reason);
      expect([code, out], args.join(" ")).toEqual([2, ""]);
      expect(err).not.toContain(token.slice(0, 20));
    }
  });
});

describe("the documented shell script", () => {
  it("runs a pipeline, waits, and prints the AMI; a failed build fails it, with the lines", async () => {
    const script = join(folder, "run.sh");
    writeFileSync(script, codeIn("bash"));
    const good = await run("bash", [script]);
    expect(good.err).toContain("Build: http");
    expect(good).toMatchObject({ code: 0, out: expect.stringMatching(/^us-east-1 ami-[0-9a-f]{17}\n$/) });
    const bad = await run("bash", [script], { PIPELINE: "broken" });
    expect(bad).toMatchObject({ code: 1, out: "", err: expect.stringContaining("exit status 23") });
  });

  it("shows the token to no other user of the machine", () => {
    expect(
      codeIn("bash")
        .split("\n")
        .filter((line) => line.includes("$GOLDSMITH_TOKEN")),
    ).toEqual([expect.stringMatching(/<<<"header = /)]);
  });
});

describe("the documented TypeScript client", () => {
  it("type-checks against types generated from the document, and takes the AMI", async () => {
    const document = JSON.stringify(apiDocument());
    writeFileSync(join(folder, "goldsmith-api.ts"), astToString(await openapiTS(document)));
    const client = join(folder, "client.ts");
    writeFileSync(client, codeIn("ts"));
    const options: ts.CompilerOptions = {
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      types: ["node"],
      typeRoots: [join(projectRoot, "node_modules/@types")],
    };
    const program = ts.createProgram([client], options);
    const mistakes = ts
      .getPreEmitDiagnostics(program)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
    expect(mistakes).toEqual([]);
    // The types are true: a member that is not there is a mistake.
    writeFileSync(client, codeIn("ts").replace("build.amis", "build.snapshots"));
    expect(ts.getPreEmitDiagnostics(ts.createProgram([client], options)).length).toBeGreaterThan(0);

    const { outputText } = ts.transpileModule(codeIn("ts"), {
      compilerOptions: { ...options, noEmit: false },
    });
    writeFileSync(join(folder, "client.mjs"), outputText);
    const { code, out, err } = await run(process.execPath, ["client.mjs"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(/^us-east-1 ami-[0-9a-f]{17}$/m);
  }, 60_000);
});

describe("the documented pipelines of others", () => {
  it("are YAML that runs the command line with options that it has", () => {
    type Workflow = { jobs: { build: { steps: { run?: string; env?: Record<string, string> }[] } } };
    const workflow = parse(codeIn("yaml", "runs-on")) as Workflow;
    const buildspec = parse(codeIn("yaml", "buildspec") || codeIn("yaml", "secrets-manager")) as {
      phases: { build: { commands: string[] } };
      env: { "exported-variables": string[] };
    };
    const step = workflow.jobs.build.steps.find(({ run: command }) => command);
    const commands = [step?.run ?? "", ...buildspec.phases.build.commands].join("\n");
    const options = [...commands.matchAll(/ (--[a-z]+)\b(?! '?\.)/g)].map(([, option]) => option);
    const known = ["--target", "--wait", "--json", "--raw"];
    expect(options.filter((option) => !known.includes(option ?? ""))).toEqual([]);
    expect(commands.match(/goldsmith\.mjs run web-base --target prod --wait --json/g)).toHaveLength(2);
    expect(step?.env?.GOLDSMITH_TOKEN).toContain("secrets.");
    expect(buildspec.env["exported-variables"]).toEqual(["AMI"]);
  });

  it("name members that the API's answers have", () => {
    const { ImageSummary, Build, Ami } = apiDocument().components.schemas;
    expect(Object.keys(ImageSummary?.properties ?? {})).toEqual(expect.arrayContaining(["image", "amis"]));
    expect(Object.keys(Build?.properties ?? {})).toContain("amis");
    expect(Object.keys(Ami?.properties ?? {})).toEqual(expect.arrayContaining(["amiId", "region"]));
  });
});
