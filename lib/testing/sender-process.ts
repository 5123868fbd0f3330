import { readConfig } from "@/lib/config/config";
import { systemClock } from "@/lib/core/clock";
import { openDatabase } from "@/lib/db/database";
import { sendDue, startNotificationSender } from "@/lib/notifications/notification-sender";
import type { Runtime } from "@/lib/use-case/runtime";

/**
 * A process that does nothing but send notifications, as one of a console's replicas, for tests that kill it. With
 * `--drain` it ends once nothing is due anymore.
 */
async function run(): Promise<void> {
  const config = readConfig(process.env);
  const database = await openDatabase(config.database, { asItIs: true });
  const runtime = { config, clock: systemClock, database: async () => database } as Runtime;
  if (!process.argv.includes("--drain")) {
    startNotificationSender(runtime);
    return;
  }
  while ((await sendDue(runtime, database)) > 0);
  await database.close();
}

run().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exit(1);
});
