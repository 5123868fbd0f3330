import "server-only";
import { deleteOldAnswers } from "@/lib/api/kept-answers";
import type { OidcSessions } from "@/lib/auth/oidc/oidc-sessions";
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

type Running = Pick<Runtime, "database" | "clock" | "config"> & {
  /** The sessions of this process; undefined where people do not sign in at a provider. */
  sessions?: () => Promise<Pick<OidcSessions, "revokeEnded"> | undefined>;
};

/**
 * Deletes what is kept of people once its time is over, whether anybody uses the console or not: sessions with their
 * tokens, sign-ins nobody finished, drafts, tokens of programs. The table in docs/operations.md says how long. Several
 * replicas may do it at the same time.
 */
export function startDeletions(running: Running): { stop(): void } {
  const round = () => void deleteWhatIsOver(running).catch(tellFailure);
  const timers = [setTimeout(round, FIRST_MS), setInterval(round, ROUND_MS)];
  for (const timer of timers) timer.unref();
  return {
    stop: () => {
      for (const timer of timers) clearInterval(timer);
    },
  };
}

/** One kind that cannot be deleted leaves the others their turn. */
export async function deleteWhatIsOver({ database, clock, config, sessions }: Running): Promise<void> {
  const { jobOrm } = await database();
  const now = clock.now();
  const { signIn, draftDays } = config;
  // Sessions may be left of a time with another sign-in: they go when they would have ended.
  const idleMs = signIn.kind === "oidc" ? signIn.idleHours * HOUR_MS : NEVER_IDLE_MS;
  const deletions = [
    async () => {
      const own = await sessions?.();
      await deleteEnded(jobOrm, now, idleMs, (gone) => own?.revokeEnded(gone));
    },
    () => deleteOldDrafts(jobOrm, now, draftDays),
    () => deleteOldAnswers(jobOrm, now),
    () => deleteOldTokens(jobOrm, now),
  ];
  for (const deletion of deletions) await deletion().catch(tellFailure);
}

const tellFailure = (err: unknown): void =>
  logger().warn({ err }, "expired records were not deleted; the console tries again in an hour");
