import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { asc, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readConfig } from "@/lib/config/config";
import { openDatabase } from "@/lib/db/database";
import { historyBuilds, historySteps, historySync } from "@/lib/db/history-schema";
import { type CountingProxy, startCountingProxy } from "@/lib/testing/counting-proxy";
import { findPostgres, startPostgres } from "@/lib/testing/postgres-server";
import { bundleCommands } from "@/scripts/bundle-commands.mjs";
import { projectRoot } from "@/scripts/prepare-project.mjs";
import { startSimulator } from "@/simulator/index";
import { compareBuilds, saveStandings } from "./compare-builds";
import { countKept } from "./count-kept";
import { rollUpDays } from "./refresh-rollups";

const BUILDS = 30;
const TARGET = "demo";
/** A process is killed when it has so many answers: in the lists, and while it writes what it was told of builds. */
const KILLED_AFTER_ANSWERS = [4, 17, 45];

const FOLDER = `.cache/killed-sync-${process.pid}`;

let simulator: Awaited<ReturnType<typeof startSimulator>>;
beforeAll(async () => {
  // Translated once, and not by each of the processes.
  await bundleCommands(projectRoot, {
    commands: ["sync", "history-replica"],
    folder: FOLDER,
  });
  simulator = await startSimulator({ port: 0, seed: `builds=${BUILDS}` });
});
afterAll(async () => {
  await simulator.close();
  rmSync(join(projectRoot, FOLDER), { recursive: true, force: true });
});

function startProcess(script: string[], proxy: CountingProxy, place: Record<string, string>): ChildProcess {
  const [name, ...options] = script;
  return spawn(process.execPath, [`${FOLDER}/${name}.mjs`, ...options], {
    cwd: projectRoot,
    env: {
      ...process.env,
      ...place,
      GOLDSMITH_SIMULATOR_PORT: String(proxy.port),
      GOLDSMITH_HISTORY_RATE: "100",
      GOLDSMITH_LOG_LEVEL: "silent",
    },
    stdio: ["ignore", "ignore", "inherit"],
  });
}

type Place = { name: string; start(): Promise<{ env: Record<string, string>; stop(): Promise<void> }> };

const postgres = findPostgres();
const PLACES: Place[] = [
  {
    name: "PGlite",
    start: async () => {
      const folder = mkdtempSync(join(tmpdir(), "goldsmith-killed-"));
      return {
        env: { GOLDSMITH_DATA: folder },
        stop: async () => rmSync(folder, { recursive: true, force: true }),
      };
    },
  },
  ...(postgres
    ? [
        {
          name: postgres.name,
          start: async () => {
            const server = await startPostgres(postgres);
            return { env: { DATABASE_URL: server.url }, stop: server.stop };
          },
        },
      ]
    : []),
];

describe.each(PLACES)("killed with -9 on $name", { timeout: 240_000 }, ({ start }) => {
  it("a sync has lost nothing and kept nothing twice once another one is through", async () => {
    const { env, stop } = await start();
    const sync = ["sync", "--target", TARGET];
    for (const answers of KILLED_AFTER_ANSWERS) {
      const proxy = await startCountingProxy(simulator.url);
      const child = startProcess(sync, proxy, env);
      const ended = once(child, "exit");
      await Promise.race([proxy.answered(answers), ended]);
      child.kill("SIGKILL");
      await ended;
      await proxy.close();
    }
    const proxy = await startCountingProxy(simulator.url);
    const [code] = await once(startProcess(sync, proxy, env), "exit");
    expect(code).toBe(0);
    await proxy.close();

    const database = await openDatabase(readConfig(env).database);
    const { orm } = database;
    const builds = await orm.select().from(historyBuilds).orderBy(asc(historyBuilds.id));
    expect(new Set(builds.map(({ arn }) => arn)).size).toBe(builds.length);
    expect(builds.length).toBeGreaterThanOrEqual(BUILDS);
    expect(builds.filter(({ result, detailedAt }) => result !== "running" && !detailedAt)).toEqual([]);
    const withSteps = new Set((await orm.select().from(historySteps)).map(({ buildId }) => buildId));
    expect(builds.filter(({ result, id }) => result === "succeeded" && !withSteps.has(id))).toEqual([]);

    const figures = () => readFigures(orm);
    const kept = await figures();
    await rollUpDays(orm, TARGET);
    await compareBuilds(
      orm,
      builds.map(({ id }) => id),
    );
    await countKept(orm, TARGET, [...new Set(builds.map(({ pipeline }) => pipeline))]);
    await saveStandings(orm, TARGET, [...new Set(builds.flatMap(({ pipeline }) => pipeline || []))]);
    expect(await figures()).toEqual(kept);
    await database.close();
    await stop();
  });
});

/** All that is worked out from builds, so that it can be compared with the same worked out anew. */
async function readFigures(orm: Awaited<ReturnType<typeof openDatabase>>["orm"]): Promise<unknown[]> {
  const figures: unknown[] = [];
  for (const table of ["days", "day_durations", "day_hours", "changes", "pipelines", "kept"])
    figures.push(
      await orm.execute(sql.raw(`select t::text as row from history_${table} t order by t::text`)),
    );
  return figures.map((answer) => (answer as { rows: unknown }).rows);
}

describe.runIf(postgres)("two replicas on one PostgreSQL, which this needs", { timeout: 120_000 }, () => {
  it("one syncs; when it is killed the other takes over within 30 seconds and does what was left", async () => {
    if (!postgres) return;
    const server = await startPostgres(postgres);
    const env = { DATABASE_URL: server.url };
    const replica = ["history-replica"];
    const first = await startCountingProxy(simulator.url);
    const second = await startCountingProxy(simulator.url);
    const leader = startProcess(replica, first, env);
    await first.answered(10);
    const other = startProcess(replica, second, env);
    // The other one has started by then, and leaves the target alone.
    await first.answered(120);
    expect(second.count()).toBe(0);

    leader.kill("SIGKILL");
    await once(leader, "exit");
    const killedAt = Date.now();
    await second.answered(1);
    expect(Date.now() - killedAt).toBeLessThan(30_000);

    const database = await openDatabase({ kind: "postgres", url: server.url });
    await expect
      .poll(async () => (await database.orm.select().from(historySync))[0]?.backfilledAt ?? null, {
        timeout: 60_000,
      })
      .not.toBeNull();
    const builds = await database.orm.select().from(historyBuilds);
    expect(new Set(builds.map(({ arn }) => arn)).size).toBe(builds.length);
    expect(builds.filter(({ result, detailedAt }) => result !== "running" && !detailedAt)).toEqual([]);
    const gone = once(other, "exit");
    other.kill("SIGKILL");
    await gone;
    await database.close();
    await server.stop();
    await Promise.all([first.close(), second.close()]);
  });
});
