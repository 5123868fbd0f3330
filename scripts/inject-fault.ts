import type { Answer, FaultConsole, LogFollower } from "./fault-console";
import { type Outcome, reasonOf, tally } from "./fault-report";

/** The target that every console of the run works on. */
export const TARGET = "faults";
const ROUNDS = 4;
const RECOVERY_MS = 60_000;

export type Fault = {
  name: string;
  how: string;
  begin(): Promise<void> | void;
  end(): Promise<void> | void;
  /** What a write must be while it lasts. */
  writes: "succeed" | "are refused" | "may fail";
  /** What everybody must have their answer within, in whatever state; no limit when left out. */
  withinMs?: number;
  /** What else is seen while it lasts; throws when it is not what it should be. */
  watch?(): Promise<string>;
};

/** Starts a build of a pipeline, as its button does. */
export function run(target: FaultConsole, name: string): Promise<Answer> {
  return target.act("runPipelineAction", `/${TARGET}/pipelines`, { target: TARGET, name });
}

/** Puts a fault into a console at work, ends it, and says what was seen meanwhile and how long it took to be well again. */
export async function inject(target: FaultConsole, fault: Fault, follower?: LogFollower): Promise<Outcome> {
  process.stderr.write(`${fault.name} ...\n`);
  const memoryBefore = target.memoryMiB;
  await fault.begin();
  const reads: Answer[] = [];
  const pages: Answer[] = [];
  const writes: Answer[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    pages.push(await target.get(`/${TARGET}/pipelines`));
    reads.push(await target.get(`/api/${TARGET}/pipelines`));
    if (round % 3 === 0) writes.push(await run(target, "web"));
  }
  const seen = await fault.watch?.().catch((error: Error) => `but ${error.message}`);
  const health = await target.get("/api/health");
  const ready = await target.get("/api/ready");
  const memory = target.memoryMiB - memoryBefore;
  await fault.end();
  const recoveredMs = await untilWell(target, follower);
  const isUsable =
    health.status === 200 && !seen?.startsWith("but ") && pages.every(({ status }) => status === 200);
  const writesAsTold =
    fault.writes === "may fail" ||
    writes.every(({ code, status }) => status > 0 && (fault.writes === "succeed") === !code);
  const isInTime = [...pages, ...reads, ...writes].every(({ ms }) => ms <= (fault.withinMs ?? ms));
  return {
    fault: fault.name,
    how: fault.how,
    reads: `pages ${tally(pages)}; data ${tally(reads)}${seen ? `; ${seen}` : ""}`,
    writes: tally(writes),
    ready: `${ready.status}${reasonOf(ready.json)}`,
    after:
      recoveredMs === undefined
        ? `not well after ${RECOVERY_MS / 1000} s`
        : `all well ${(recoveredMs / 1000).toFixed(1)} s later${memory > 50 ? `, ${memory} MiB more memory` : ""}`,
    ok: isUsable && isInTime && writesAsTold && recoveredMs !== undefined,
  };
}

/** Milliseconds until reads, writes, readiness and the followed log go on by themselves. */
async function untilWell(
  target: FaultConsole,
  follower: LogFollower | undefined,
): Promise<number | undefined> {
  const startedAt = performance.now();
  const lines = follower?.lines ?? 0;
  while (performance.now() - startedAt < RECOVERY_MS) {
    const [read, ready] = await Promise.all([
      target.get(`/api/${TARGET}/pipelines`),
      target.get("/api/ready"),
    ]);
    if (read.status === 200 && ready.status === 200 && (!follower || follower.lines > lines)) {
      if (!(await run(target, "web")).code) return performance.now() - startedAt;
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  return undefined;
}
