import "server-only";
import { processConfig } from "@/lib/config/process-config";
import { orAfter } from "@/lib/core/clock";
import { processSingleton } from "@/lib/core/process-singleton";
import { causesOf } from "@/lib/db/database-trouble";
import { isDraining } from "@/lib/http/open-streams";
import { runtime } from "@/lib/use-case/runtime";
import { simulatorWarnings } from "./simulator-warnings";
import { targetWarnings } from "./watch-target-accounts";

type Check = {
  name: string;
  ok: boolean;
  reason?: string;
  /** What a person should know although the process can serve. */
  warnings?: string[];
};
export type Readiness = { ready: boolean; checks: Check[] };

const FRESH_FOR_MS = 1_000;
const PATIENCE_MS = 2_000;
const LATE = "no answer within 2 s";

/** Whether this process can serve, with the reason where it cannot. AWS is not asked: it is no part of the process. */
export async function checkReadiness(): Promise<Readiness> {
  const { simulator } = processConfig();
  const checks: Check[] = [
    { name: "process", ok: !isDraining(), ...(isDraining() && { reason: "it is about to stop" }) },
    await databaseCheck(),
    {
      name: "audit",
      ok: runtime().pendingAudit.count === 0,
      ...(runtime().pendingAudit.count > 0 && {
        reason: `${runtime().pendingAudit.count} writes are done and wait to be put on record`,
      }),
    },
    { name: "targets", ok: true, ...warningsOf(targetWarnings(runtime())) },
    ...(simulator ? [await checkSimulator(simulator.port)] : []),
  ];
  return { ready: checks.every(({ ok }) => ok), checks };
}

/** However often it is asked, and by whomever: the database hears of it once a second. */
function databaseCheck(): Promise<Check> {
  const shared = processSingleton("readiness", (): { check?: Promise<Check>; at: number } => ({ at: 0 }));
  const now = performance.now();
  if (!shared.check || now - shared.at > FRESH_FOR_MS) {
    shared.at = now;
    shared.check = check("database", async () => {
      const database = await runtime().database();
      await database.ping();
    });
  }
  return shared.check;
}

/** A resource of the simulator that fails is that resource's trouble: the console serves all others. */
async function checkSimulator(port: number): Promise<Check> {
  const warnings = await orAfter(PATIENCE_MS, simulatorWarnings(port), () => [LATE]).catch(() => [
    "no answer",
  ]);
  return { name: "simulator", ok: true, ...warningsOf(warnings) };
}

const warningsOf = (warnings: string[]) => (warnings.length > 0 ? { warnings } : {});

async function check(name: string, work: () => Promise<void>): Promise<Check> {
  try {
    await orAfter(PATIENCE_MS, work(), () => {
      throw new Error(LATE);
    });
    return { name, ok: true };
  } catch (error) {
    // The message could carry a connection string's host or user: the code says enough.
    const causes = causesOf(error);
    const code = causes.find(({ code }) => code && code !== "unavailable")?.code;
    const isLate = causes.some(({ message }) => message === LATE);
    return { name, ok: false, reason: code ?? (isLate ? LATE : "not available") };
  }
}
