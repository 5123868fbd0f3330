import { HISTORY_SYNC } from "../lib/auth/history-sync";
import { createAwsGateway } from "../lib/aws/gateway";
import { readConfig } from "../lib/config/config";
import { systemClock } from "../lib/core/clock";
import { openDatabase } from "../lib/db/database";
import { TargetSync } from "../lib/history/sync/target-sync";
import { contextIn } from "../lib/use-case/use-case-context";
import { startSimulator } from "../simulator/index";

const BACKFILL_SECONDS = 30;
const RATE = 3;

/** How much of 3 calls a second a backfill makes, against the simulator over HTTP. */
export async function timeBackfill(): Promise<void> {
  const simulator = await startSimulator({ port: 0, seed: "builds=1000" });
  const database = await openDatabase({ kind: "memory" });
  const config = { ...readConfig({}), aws: { endpoint: simulator.url, credentials: "account-id" as const } };
  let throttles = 0;
  const aws = createAwsGateway({
    aws: config.aws,
    clock: systemClock,
    onCall: ({ outcome }) => {
      if (outcome === "throttled") throttles++;
    },
  });
  const ctx = contextIn(
    { config, clock: systemClock, database: async () => database, aws },
    { targetId: "demo", actor: HISTORY_SYNC },
  );
  const sync = new TargetSync(ctx, database, { ratePerSecond: RATE, timeZone: "UTC" });
  const startedAt = Date.now();
  while (Date.now() - startedAt < BACKFILL_SECONDS * 1000) await sync.step();
  const rate = sync.calls / ((Date.now() - startedAt) / 1000);
  console.log(
    `backfill: ${rate.toFixed(2)} of ${RATE} calls a second, ${((rate / RATE) * 100).toFixed(0)}% of the budget, ${throttles} throttles`,
  );
  await database.close();
  await simulator.close();
}
