import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Where the server under test lives; the environment moves it, so that two runs fit on one machine. */
export const consolePort = Number(process.env.E2E_PORT ?? 3210);
export const simulatorPort = Number(process.env.E2E_SIMULATOR_PORT ?? 4810);
export const region = "us-east-1";

/** Build minutes become seconds: a whole build is through in a few, and still shows each of its stages. */
const SPEED = 300;
const POOL_SIZE = 72;

/** AWS accounts that no one has used yet, one for each test; see `account.ts`. */
export const accountPool = Array.from({ length: POOL_SIZE }, (_, index) => {
  const number = String(index + 1).padStart(2, "0");
  return { target: `team-${number}`, accountId: `2222222222${number}` };
});

export const demoTarget = { id: "demo", label: "Demo", accountId: "111111111111", region };

export const poolTargets = accountPool.map(({ target, accountId }) => ({
  id: target,
  label: `Team ${target.slice(-2)}`,
  accountId,
  region,
}));

// The configuration is read again in each worker, which inherits the environment: one folder for the run.
process.env.E2E_DATA ??= mkdtempSync(join(tmpdir(), "goldsmith-e2e-"));
export const dataFolder = process.env.E2E_DATA;

type Target = { id: string; label: string; accountId: string; region: string };
type Place = { port: number; simulatorPort: number; data: string; speed?: number; targets?: Target[] };

/** What a server under test is started with. Each target is work in the background: a few are enough for most. */
export const serverEnvironment = ({
  port,
  simulatorPort,
  data,
  speed = SPEED,
  targets = [demoTarget, ...poolTargets],
}: Place) => ({
  // The image listens on all addresses, which asks for sign-in.
  HOST: "127.0.0.1",
  PORT: String(port),
  GOLDSMITH_SIMULATOR_PORT: String(simulatorPort),
  GOLDSMITH_DATA: data,
  GOLDSMITH_SIMULATOR_SPEED: String(speed),
  GOLDSMITH_TARGETS: JSON.stringify(targets),
  GOLDSMITH_NOTIFY_INSIDE: "127.0.0.1",
});
