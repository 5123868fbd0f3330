import "server-only";
import { cookies, headers } from "next/headers";
import { openAuditLog } from "@/lib/audit/audit-log";
import type { Identity, SessionSummary } from "@/lib/auth/types";
import { ConsoleFailure } from "@/lib/core/failure";
import { requestAddress } from "@/lib/core/request-facts";
import { urls } from "@/lib/core/urls";
import { runtime } from "@/lib/use-case/runtime";
import { currentIdentity, oidcSessions, signedOut } from "@/lib/use-case/session";

/** Whether somebody may see and end the sessions of all: an administrator of every target. */
const mayEndAll = ({ actor }: Identity) =>
  actor.grants.some(({ role, target, namePrefix }) => role === "admin" && target === "*" && !namePrefix);

async function open() {
  const [identity, sessions, requestHeaders] = await Promise.all([
    currentIdentity(),
    oidcSessions(),
    headers(),
  ]);
  if (!identity) throw signedOut();
  const { database, clock } = runtime();
  const audit = openAuditLog(database, clock, {
    actor: identity.actor,
    origin: requestAddress(requestHeaders),
  });
  return { identity, sessions, requestHeaders, audit };
}

/** The browsers in which the caller is signed in; for an administrator of all targets, those of everybody. */
export async function listSessions(): Promise<SessionSummary[]> {
  const { identity, sessions } = await open();
  const own = identity.session;
  if (!sessions || !own) return [];
  return sessions.list({ currentId: own.id, personId: mayEndAll(identity) ? undefined : own.personId });
}

/** Ends a session of the caller's, or anybody's for an administrator of all targets. Throws `not-found` otherwise. */
export async function revokeSession(id: string): Promise<void> {
  const { identity, sessions, audit } = await open();
  const own = identity.session;
  if (!sessions || !own) throw new ConsoleFailure(NO_SESSIONS);
  await audit.ready();
  const isGone = await sessions.revoke(id, mayEndAll(identity) ? undefined : own.personId);
  await audit.record({
    action: "revoke-session",
    resource: id,
    result: isGone ? "succeeded" : "refused",
    reason: isGone ? undefined : "no such session of this person",
  });
  if (!isGone) throw new ConsoleFailure({ code: "not-found", message: "This session has already ended." });
}

/** Ends the session of this browser and gives the page to go to: the provider's own sign-out where configured. */
export async function signOut(): Promise<{ url: string }> {
  const { sessions, requestHeaders, audit } = await open();
  if (!sessions) throw new ConsoleFailure(NO_SESSIONS);
  const { url, cookies: ended } = await sessions.end(requestHeaders);
  const jar = await cookies();
  const { signIn } = runtime().config;
  const secure = signIn.kind === "oidc" && signIn.url.startsWith("https:");
  for (const cookie of ended) {
    const [name = ""] = cookie.split("=", 1);
    jar.set({ name, value: "", maxAge: 0, path: "/", httpOnly: true, sameSite: "lax", secure });
  }
  await audit.record({ action: "sign-out", result: "succeeded" });
  return { url: url ?? urls.signIn() };
}

const NO_SESSIONS = {
  code: "invalid",
  message: "This console has no sessions: the proxy in front of it handles sign-in and sign-out.",
} as const;
