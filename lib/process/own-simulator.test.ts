import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { afterAll, expect, it } from "vitest";
import { readConfig } from "@/lib/config/config";
import { httpClientConfig } from "@/simulator/testing";
import { startOwnSimulator } from "./own-simulator";
import { simulatorWarnings } from "./simulator-warnings";

const folder = mkdtempSync(join(tmpdir(), "goldsmith-own-simulator-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** On a free port, which the environment cannot ask for, unless it names one. */
async function start(environment: Record<string, string>) {
  const { simulator, dataFolder } = readConfig({ GOLDSMITH_DATA: folder, ...environment });
  if (!simulator) throw new Error("no simulator is configured");
  const port = Number(environment.GOLDSMITH_SIMULATOR_PORT ?? 0);
  return startOwnSimulator({ ...simulator, dataFolder, port });
}

it("starts with the environment's options", async () => {
  const trouble = '{"latencyMs":1}';
  const { url, close } = await start({
    GOLDSMITH_SIMULATOR_SEED: "empty",
    GOLDSMITH_SIMULATOR_TROUBLE: trouble,
  });
  expect(await (await fetch(`${url}/_simulator/trouble`)).json()).toMatchObject(JSON.parse(trouble));
  await close();
});

it("names the variable of each option that the simulator refuses", async () => {
  const holder = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => holder.once("listening", resolve));
  const address = holder.address();
  const port = typeof address === "object" && address ? String(address.port) : "";
  const file = join(folder, "file");
  writeFileSync(file, "");
  const refused: Record<string, string> = {
    GOLDSMITH_SIMULATOR_PORT: port,
    GOLDSMITH_SIMULATOR_TROUBLE: '{"latency":1}',
    GOLDSMITH_DATA: file,
  };
  for (const [name, value] of Object.entries(refused)) {
    await expect(start({ GOLDSMITH_SIMULATOR_SEED: "empty", [name]: value })).rejects.toThrow(`${name}: `);
  }
  holder.close();
});

it("tells which resources of the simulator fail, in one line each", async () => {
  const place = { account: "222222222222", region: "us-east-1" };
  const arn = `arn:aws:imagebuilder:${place.region}:${place.account}:lifecycle-policy/tidy`;
  const row = { arn, name: "tidy", status: "ENABLED", dateCreated: { $date: 0 }, policyDetails: {} };
  mkdirSync(join(folder, "simulator"), { recursive: true });
  const journal = join(folder, "simulator", `${place.account}.${place.region}.jsonl`);
  writeFileSync(journal, `${JSON.stringify(["imagebuilder.lifecycle-policies", arn, row])}\n`);
  const { url, close } = await start({ GOLDSMITH_SIMULATOR_SEED: "empty" });
  const port = Number(new URL(url).port);
  expect(await simulatorWarnings(port)).toEqual([]);
  const sts = new STSClient(httpClientConfig(url, { account: "333333333333" }));
  await sts.send(new GetCallerIdentityCommand());
  expect(await simulatorWarnings(port)).toEqual([expect.stringContaining(`${arn}: `)]);
  await close();
});
