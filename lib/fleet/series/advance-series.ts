import "server-only";
import { actorWhileAbsent } from "@/lib/auth/tokens/absent-actor";
import type { Database } from "@/lib/db/database";
import { logger } from "@/lib/telemetry/logger";
import { toConsoleError } from "@/lib/use-case/console-error";
import type { Runtime } from "@/lib/use-case/runtime";
import { contextIn, type UseCaseContext } from "@/lib/use-case/use-case-context";
import { whyAlarmsHold } from "../roll-outs/alarm-states";
import { readAlarms } from "../roll-outs/read-alarms";
import { partState } from "./judge-series";
import {
  changePart,
  endSeriesRow,
  nextOf,
  openSeries,
  type Standing,
  type StandingPart,
} from "./series-rows";
import { startPart } from "./start-part";
import { tellOfEnd, tellOfPart } from "./tell-series";

/** AWS or the database is away for a while: the next look tries again. */
const PASSING = ["slowed-by-aws", "unavailable"];
/** Reads of the console's own, as those of roll-outs that nobody looks at. */
const CONSOLE = { id: "goldsmith" };
/** Who started it may do it no more: a person decides. */
const NOT_ENTITLED = ["forbidden", "signed-out"];

/**
 * Goes on with every roll-out of several groups as far as its gates are open, in the name of who started it and with what
 * they may do now. Returns whether one of them has a group in progress.
 */
export async function advanceSeries(
  runtime: Runtime,
  { jobOrm }: Pick<Database, "jobOrm">,
): Promise<boolean> {
  let isBusy = false;
  for await (const standing of openSeries({ orm: jobOrm })) {
    if (!runtime.config.targets.some(({ id }) => id === standing.series.targetId)) continue;
    try {
      isBusy = (await advanceOne(runtime, { orm: jobOrm }, standing)) || isBusy;
    } catch (error) {
      logger().info(
        { err: error, series: standing.series.id },
        "a roll-out to several groups could not continue",
      );
    }
  }
  return isBusy;
}

async function advanceOne(
  runtime: Runtime,
  database: Pick<Database, "orm">,
  standing: Standing,
): Promise<boolean> {
  const now = runtime.clock.now();
  await noteSuccess(database, standing, now);
  const next = nextOf(standing, now);
  switch (next.is) {
    case "done":
      await endSeriesRow(database, standing.series.id, { by: null, now }, (tx) =>
        tellOfEnd(tx, standing, now),
      );
      return false;
    case "waiting": {
      const waiting = standing.parts[next.position] as StandingPart;
      if (next.until !== undefined) await holdByAlarms(runtime, database, standing, waiting, ["ALARM"]);
      if (next.until === undefined && !waiting.part.toldAt)
        await changePart(database, waiting.part, { toldAt: new Date(now) }, (tx) =>
          tellOfPart(tx, standing, waiting.part, "gate", { reason: next.because, now }),
        );
      return next.until !== undefined;
    }
    case "due":
      if (await holdByAlarms(runtime, database, standing, standing.parts[next.position] as StandingPart))
        return false;
      await startDue(runtime, database, standing, standing.parts[next.position] as StandingPart);
      return true;
    default:
      return next.is === "running";
  }
}

/** The time of the next gate runs from when the console saw the success: what happened unseen before is not known. */
async function noteSuccess(database: Pick<Database, "orm">, { parts }: Standing, now: number): Promise<void> {
  for (const { part, facts } of parts) {
    if (part.succeededAt || partState(facts, now) !== "succeeded") continue;
    await changePart(database, part, { succeededAt: new Date(now) });
    facts.succeededAt = now;
  }
}

/**
 * Has a gate wait for a person where an alarm that the group before it watches is in ALARM while it is timed, or where
 * its state is not known when the gate would open. Returns whether it does.
 * @param states the states that are enough; all that are not fine when left out
 */
async function holdByAlarms(
  runtime: Runtime,
  database: Pick<Database, "orm">,
  { series, parts }: Standing,
  { part }: StandingPart,
  states?: string[],
): Promise<boolean> {
  const before = parts[part.position - 1]?.part;
  const target = runtime.config.targets.find(({ id }) => id === series.targetId);
  if (!before || !target || before.preferences.alarms.length === 0) return false;
  const aws = runtime.aws.open(target, CONSOLE).inRegion(before.region);
  const { alarms } = await readAlarms(aws, before.preferences.alarms);
  const heldBecause = whyAlarmsHold(alarms.filter(({ state }) => states?.includes(state) ?? true));
  if (heldBecause === undefined) return false;
  return changePart(database, part, { heldBecause });
}

async function startDue(
  runtime: Runtime,
  database: Pick<Database, "orm">,
  standing: Standing,
  due: StandingPart,
): Promise<void> {
  const { part } = due;
  try {
    await startPart(await contextOfStarter(runtime, database, standing), due, null);
  } catch (error) {
    const { code, message } = toConsoleError(error);
    if (PASSING.includes(code)) throw error;
    const now = runtime.clock.now();
    if (NOT_ENTITLED.includes(code)) {
      const heldBecause =
        code === "forbidden" ? `${standing.series.startedBy} may no longer roll out to it.` : message;
      await changePart(database, part, { heldBecause });
      return;
    }
    // A row that was written meanwhile says by itself how the start ended.
    await changePart(database, part, { startError: message }, (tx) =>
      tellOfPart(tx, standing, part, "refused", { reason: message, now }),
    );
  }
}

/** The context of its starter, who may be away. Throws `signed-out` when they have no grant left. */
async function contextOfStarter(
  runtime: Runtime,
  { orm }: Pick<Database, "orm">,
  { series }: Standing,
): Promise<UseCaseContext> {
  const { signIn, tokenDays } = runtime.config;
  const actor = await actorWhileAbsent(
    {
      id: series.startedById,
      name: series.startedBy,
      claims: series.starterClaims,
      seenAt: series.starterSeenAt,
    },
    { orm, signIn, tokenDays, now: runtime.clock.now() },
  );
  return contextIn(runtime, { targetId: series.targetId, actor });
}
