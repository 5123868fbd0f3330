import "server-only";
import { LOCAL_ADMINISTRATOR } from "@/lib/auth/local-administrator";
import type { OidcSessions } from "@/lib/auth/oidc/oidc-sessions";
import { isOwnHost } from "@/lib/auth/own-host";
import { refusalsFor } from "@/lib/auth/permissions";
import type { ProxyAnswer } from "@/lib/auth/proxy/proxy-identity";
import { openMakerNotes } from "@/lib/auth/tokens/maker-notes";
import type { Identity } from "@/lib/auth/types";
import type { Actor } from "@/lib/core/actor";
import { ConsoleFailure } from "@/lib/core/failure";
import { processSingleton } from "@/lib/core/process-singleton";
import { currentHeaders } from "./request-headers";
import { runtime } from "./runtime";

/** For doors: there is nobody. */
export const signedOut = () =>
  new ConsoleFailure({ code: "signed-out", message: "You are signed out. Sign in again to continue." });

/** Who the request under way comes from, with the reasons for what they may do; undefined for nobody. */
export async function currentIdentity(): Promise<Identity | undefined> {
  return identityIn(await currentHeaders());
}

/** The same for the headers of a request that was answered long ago and is still open. */
export async function identityIn(requestHeaders: Headers): Promise<Identity | undefined> {
  const identity = await readIdentity(requestHeaders);
  if (identity?.issuer !== undefined) makerNotes().note(identity);
  return identity;
}

/** A person's API tokens may do what was last known of the person. */
const makerNotes = () => processSingleton("maker-notes", () => openMakerNotes(runtime()));

async function readIdentity(requestHeaders: Headers): Promise<Identity | undefined> {
  const { signIn } = runtime().config;
  if (signIn.kind === "oidc") return (await oidcSessions())?.find(requestHeaders);
  if (signIn.kind === "proxy") {
    const answer = await proxyAnswer(requestHeaders);
    return answer && "identity" in answer ? answer.identity : undefined;
  }
  // Another name for this machine is another site's page in the same browser, which must not act here.
  if (!signIn.isOpen && !isOwnHost(requestHeaders.get("host"))) return undefined;
  return { actor: LOCAL_ADMINISTRATOR, claims: {}, groups: [], rules: [] };
}

/** The sessions of this process; undefined when people do not sign in at a provider. Loaded only where needed. */
export async function oidcSessions(): Promise<OidcSessions | undefined> {
  const { config, database, clock } = runtime();
  const { signIn } = config;
  if (signIn.kind !== "oidc") return undefined;
  const { openOidcSessions } = await import("@/lib/auth/oidc/oidc-sessions");
  return processSingleton("oidc", () => openOidcSessions({ signIn, database, clock }));
}

/**
 * How long an open connection may go on before its right is looked at again. A proxy's token is short-lived and would
 * break it off every two minutes; the next one comes with the next connection.
 */
export function rightsLastMs(): number {
  return runtime().config.signIn.kind === "proxy" ? 10 * 60_000 : 60_000;
}

/** What the proxy in front says about a request; undefined when people do not sign in there. */
export async function proxyAnswer(requestHeaders: Headers): Promise<ProxyAnswer | undefined> {
  const { config, clock } = runtime();
  const { signIn } = config;
  if (signIn.kind !== "proxy") return undefined;
  const { openProxyIdentity } = await import("@/lib/auth/proxy/proxy-identity");
  return processSingleton("proxy", () => openProxyIdentity(signIn, clock))(requestHeaders);
}

/** The proxy's own page for signing in anew or out, which comes back to `path`; undefined where none is known. */
export function proxyPage(which: "signInAt" | "signOutAt", path: string): string | undefined {
  const { signIn } = runtime().config;
  return signIn.kind === "proxy" ? signIn[which]?.replaceAll("{to}", encodeURIComponent(path)) : undefined;
}

/** Name of the claim that must list groups, for the page that explains roles. */
export function groupsClaim(): string {
  const { signIn } = runtime().config;
  return signIn.kind === "none" ? "" : signIn.groupsClaim;
}

/** Why the actor may not do what an address names, in our own words whatever it says; undefined when they may. */
export function refusalFor(actor: Actor, action: unknown, targetId: unknown): string | undefined {
  const { targets } = runtime().config;
  const target = targets.find(({ id }) => id === targetId) ?? targets[0];
  const refusals = target ? refusalsFor(actor, target) : {};
  return typeof action === "string" && Object.hasOwn(refusals, action) ? refusals[action]?.reason : undefined;
}
