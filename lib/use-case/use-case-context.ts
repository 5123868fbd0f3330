import "server-only";
import { type AuditLog, openAuditLog } from "@/lib/audit/audit-log";
import { authorize } from "@/lib/auth/authorize";
import { type Action, permits } from "@/lib/auth/permissions";
import type { Claims } from "@/lib/auth/types";
import type { AwsAccess } from "@/lib/aws/types";
import type { Config } from "@/lib/config/config";
import type { Actor } from "@/lib/core/actor";
import type { Clock } from "@/lib/core/clock";
import { ConsoleFailure } from "@/lib/core/failure";
import { REQUESTED_PATH_HEADER, requestAddress } from "@/lib/core/request-facts";
import type { Target } from "@/lib/core/target";
import { urls } from "@/lib/core/urls";
import { currentHeaders } from "./request-headers";
import { type Runtime, runtime } from "./runtime";
import { currentIdentity, signedOut } from "./session";

/** What of the configuration a use case may read. */
type Settings = Pick<
  Config,
  | "history"
  | "diagnosisRulesFile"
  | "listCallsPerMinute"
  | "draftDays"
  | "notifications"
  | "database"
  | "dataFolder"
  | "signIn"
  | "tokenDays"
>;

/** Who asks, about which account and Region, and what the use case needs to answer. */
export type UseCaseContext = {
  actor: Actor;
  /** What the identity provider says of a person who acts; absent for everybody else. */
  claims?: Claims;
  target: Target;
  /** All targets of this console; `lib/settings` puts those in that administrators add. */
  targets: Target[];
  aws: AwsAccess;
  audit: AuditLog;
  /** Throws `unavailable` while the database is away. */
  database: Runtime["database"];
  clock: Clock;
  settings: Settings;
  /** AWS as a target would be reached that is not one of the console's yet. */
  tryTarget(candidate: Target): AwsAccess;
  /** The same actor's context in another target. Throws `not-found` for one that is not configured. */
  inTarget(targetId: string): UseCaseContext;
};

/** Whoever may do anything on a target may do this. */
const LEAST_ACTION = "list-targets";

/**
 * For pages: the context of the request under way; without a target, that of the first one the actor may see.
 * Nobody is sent to sign in and comes back here; who may not do what the whole page is for is sent to the page that
 * says why. Throws `not-found` for a target that is not configured.
 */
export async function openContext(targetId?: string, action: Action = LEAST_ACTION): Promise<UseCaseContext> {
  try {
    const ctx = await openCallContext(targetId);
    await authorize(ctx, action);
    return ctx;
  } catch (error) {
    const { code } = error instanceof ConsoleFailure ? error.detail : {};
    // Next's router does not load outside of Next, where `npm run sync` and others open theirs with `contextIn`.
    const { redirect } = await import("next/navigation");
    if (code === "signed-out")
      redirect(urls.signIn((await currentHeaders()).get(REQUESTED_PATH_HEADER) ?? undefined));
    if (code === "forbidden") redirect(urls.account({ action, target: targetId }));
    throw error;
  }
}

/** The same for routes and actions, which say what is wrong instead: throws `signed-out` for nobody. */
export async function openCallContext(targetId?: string): Promise<UseCaseContext> {
  const [identity, given] = await Promise.all([currentIdentity(), currentHeaders()]);
  if (!identity) throw signedOut();
  const { actor, issuer } = identity;
  const claims = issuer === undefined ? undefined : identity.claims;
  const running = runtime();
  const { targets } = running.config;
  const first = targets.find(({ id }) => permits(actor, "list-targets", id)) ?? targets[0];
  const origin = requestAddress(given);
  return contextIn(running, { targetId: targetId ?? first?.id ?? "", actor, claims, origin });
}

/** The same for a given actor, for tests and work without a request. */
export function contextIn(
  running: Omit<Runtime, "pendingAudit"> & Partial<Runtime>,
  { targetId, actor, claims, origin }: { targetId: string; actor: Actor; claims?: Claims; origin?: string },
): UseCaseContext {
  const { config, clock, database, aws, pendingAudit } = running;
  const target = config.targets.find(({ id }) => id === targetId);
  if (!target) {
    throw new ConsoleFailure({ code: "not-found", message: `This console has no target "${targetId}".` });
  }
  return {
    actor,
    claims,
    target,
    targets: config.targets,
    aws: aws.open(target, actor),
    audit: openAuditLog(database, clock, { actor, origin, target }, pendingAudit),
    database,
    clock,
    settings: config,
    tryTarget: ({ id, ...reached }) => aws.open({ ...reached, id: `${id} to be checked` }, actor),
    inTarget: (other) => contextIn(running, { targetId: other, actor, claims, origin }),
  };
}
