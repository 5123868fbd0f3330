/** `npm run sync -- --target X`: reads what AWS has of a target's builds into the history, without the console. */
import { parseArgs } from "node:util";
import { HISTORY_SYNC } from "../lib/auth/history-sync";
import { createAwsGateway } from "../lib/aws/gateway";
import { readConfig } from "../lib/config/config";
import { readEnvironment } from "../lib/config/read-environment";
import { systemClock } from "../lib/core/clock";
import { openDatabase } from "../lib/db/database";
import { readSyncProgress } from "../lib/history/sync/sync-progress";
import { lockNameOf } from "../lib/history/sync/sync-service";
import { TargetSync } from "../lib/history/sync/target-sync";
import { contextIn } from "../lib/use-case/use-case-context";

const usage = `Reads the builds of one target into the history and ends when all are there.

  npm run sync -- --target ID

It works on the database of DATABASE_URL, beside running consoles. Without one the builds are kept in the
console's own folder, which a running console holds: it syncs by itself.`;

// The SDK's versions are pinned, so that what later ones will need is no news for whoever runs this.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
const { values } = parseArgs({
  options: { target: { type: "string" }, help: { type: "boolean", short: "h", default: false } },
});
const config = readConfig(readEnvironment(process.env));
const target = config.targets.find(({ id }) => id === values.target);
if (values.help || !target) {
  const known = config.targets.map(({ id }) => id).join(", ");
  console.log(values.help ? usage : `${usage}\n\nName a target with --target: ${known}.`);
  process.exit(values.help ? 0 : 2);
}

const database = await openDatabase(config.database).catch((error: Error) => {
  const holder = /in use by process (\d+)/.exec(error.message)?.[1];
  console.error(
    holder
      ? `A running console (process ${holder}) holds the database in ${config.dataFolder} and syncs by itself: its History page shows how far it is. To sync from here, give both the same DATABASE_URL.`
      : error.message,
  );
  process.exit(1);
});
const locks = await database.openLocks();
if (!(await locks.tryLock(lockNameOf(target.id)))) {
  console.error(`Another process syncs ${target.id} already: its History page shows how far it is.`);
  process.exit(1);
}
const ctx = contextIn(
  {
    config,
    clock: systemClock,
    database: async () => database,
    aws: createAwsGateway({ aws: config.aws, clock: systemClock }),
  },
  { targetId: target.id, actor: HISTORY_SYNC },
);
const sync = new TargetSync(ctx, database, config.history);
process.once("SIGINT", () => sync.stop());

let saidAt = 0;
while ((await sync.step()) === 0) {
  await locks.check();
  if (Date.now() - saidAt < 5_000) continue;
  saidAt = Date.now();
  console.log(inWords(await readSyncProgress(database.orm, target.id, config.history)));
}
console.log(inWords(await readSyncProgress(database.orm, target.id, config.history)));
await locks.close();
await database.close();

function inWords({
  phase,
  builds,
  pending,
  secondsLeft,
}: Awaited<ReturnType<typeof readSyncProgress>>): string {
  if (phase === "listing") return `${builds} builds listed so far`;
  if (pending === 0) return `${builds} builds, all read`;
  return `${builds - pending} of ${builds} builds read, about ${Math.ceil((secondsLeft ?? 0) / 60)} min left`;
}
