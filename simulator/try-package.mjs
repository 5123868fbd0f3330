import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * `npm run try-package`: what a stranger gets from npm works. Packs this package, installs it into an empty folder,
 * checks its types as Node's own resolution sees them, starts its command and asks it over HTTP with the SDK.
 */
const own = fileURLToPath(new URL(".", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "try-package-"));
const run = (command, parameters, cwd) =>
  execFileSync(command, parameters, { cwd, stdio: ["ignore", "pipe", "inherit"], encoding: "utf8" });

const CLIENT = `
import { ImagebuilderClient, ListImagePipelinesCommand } from "@aws-sdk/client-imagebuilder";
import { startSimulator } from "imagebuilder-simulator";
import { httpClientConfig } from "imagebuilder-simulator/testing";
const ask = async (url) => {
  const client = new ImagebuilderClient(httpClientConfig(url, { account: "111111111111" }));
  return (await client.send(new ListImagePipelinesCommand({}))).imagePipelineList.length;
};
const own = await startSimulator({ port: 0 });
console.log(JSON.stringify([await ask(process.argv[2]), await ask(own.url)]));
await own.close();
`;
const TYPED = `
import { type Clock, type ServerOptions, SettingError, startSimulator } from "imagebuilder-simulator";
import { manualClock } from "imagebuilder-simulator/testing";
const clock: Clock = manualClock(0);
export const options: ServerOptions = { port: 0, clock };
export const started: Promise<{ url: string; close(): Promise<void> }> = startSimulator(options);
// @ts-expect-error There are types: a port is no text.
export const wrong: ServerOptions = { port: "4600" };
export const settings: string = new SettingError("port", "").setting;
`;

try {
  const packed = run("npm", ["pack", "--json", "--pack-destination", folder], own);
  // What the build says comes first.
  const [{ filename, files }] = JSON.parse(packed.slice(packed.search(/^\[$/m)));
  const strange = files.filter(({ path }) => !/^(dist\/|package\.json$|README\.md$|LICENSE$)/.test(path));
  if (strange.length > 0) throw new Error(`The package holds ${strange.map(({ path }) => path).join(", ")}.`);
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "stranger", type: "module" }));
  run("npm", ["install", "--no-audit", "--no-fund", `./${filename}`], folder);
  writeFileSync(join(folder, "client.js"), CLIENT);
  writeFileSync(join(folder, "typed.ts"), TYPED);
  const compiler = fileURLToPath(new URL("bin/tsc", import.meta.resolve("typescript-native/package.json")));
  const types = [
    "--noEmit",
    "--strict",
    "--skipLibCheck",
    "--module",
    "nodenext",
    "--target",
    "es2023",
    "typed.ts",
  ];
  run(process.execPath, [compiler, ...types], folder);
  const { bin, version } = JSON.parse(readFileSync(join(own, "package.json"), "utf8"));
  const command = join(folder, "node_modules/imagebuilder-simulator", bin);
  if (run(process.execPath, [command, "--version"], folder).trim() !== version) throw new Error("no version");
  const simulator = spawn(process.execPath, [command, "--port=0"], { stdio: ["ignore", "pipe", "inherit"] });
  const [greeting] = await once(simulator.stdout, "data");
  const [url = ""] = /http:\S+\d/.exec(String(greeting)) ?? [];
  const answers = JSON.parse(run(process.execPath, ["client.js", url], folder));
  const ended = once(simulator, "exit");
  simulator.kill("SIGTERM");
  await ended;
  if (answers.some((pipelines) => pipelines !== 10)) throw new Error(`pipelines: ${answers}`);
  process.stdout.write(`${filename}: ${files.length} files, installed, typed, started and asked\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
