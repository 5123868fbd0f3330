import "server-only";
import { deleteOldAnswers } from "@/lib/api/kept-answers";
import { deleteEnded } from "@/lib/auth/oidc/session-rows";
import { deleteOldTokens } from "@/lib/auth/tokens/token-rows";
import { deleteOldDrafts } from "@/lib/authoring/drafts/delete-old-drafts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "@/lib/core/time";
import { logger } from "@/lib/telemetry/logger";
import type { Runtime } from "@/lib/use-case/runtime";

const ROUND_MS = HOUR_MS;
/** Nothing that waits for the start waits for this. */
const FIRST_MS = MINUTE_MS;
/** Longer than any session lasts. */
const NEVER_IDLE_MS = 366 * DAY_MS;

type Running = Pick<Runtime, "database" | "clock" | "config">;

/**
 * Deletes what is kept of people once its time is over, whether anybody uses the console or not: sessions with their
 * tokens, sign-ins nobody finished, drafts, tokens of programs. The table in docs/operations.md says how long. Replicas do not mind each
 * other.
 */
export function startDeletions(running: Running): { stop(): void } {
  const round = () =>
    void deleteWhatIsOver(running).catch((error: unknown) =>
      logger().warn({ err: error }, "what is over was not deleted; it is tried again in an hour"),
    );
  const timers = [setTimeout(round, FIRST_MS), setInterval(round, ROUND_MS)];
  for (const timer of timers) timer.unref();
  return {
    stop: () => {
      for (const timer of timers) clearInterval(timer);
    },
  };
}

export async function deleteWhatIsOver({ database, clock, config }: Running): Promise<void> {
  const { jobOrm } = await database();
  const now = clock.now();
  const { signIn, draftDays } = config;
  // Sessions may be left of a time with another sign-in: they go when they would have ended.
  await deleteEnded(jobOrm, now, signIn.kind === "oidc" ? signIn.idleHours * HOUR_MS : NEVER_IDLE_MS);
  await deleteOldDrafts(jobOrm, now, draftDays);
  await deleteOldAnswers(jobOrm, now);
  await deleteOldTokens(jobOrm, now);
}
