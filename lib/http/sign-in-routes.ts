import "server-only";
import { openAuditLog } from "@/lib/audit/audit-log";
import { returnPath } from "@/lib/auth/return-path";
import { cutText } from "@/lib/core/canonical-text";
import { requestAddress } from "@/lib/core/request-facts";
import { urls } from "@/lib/core/urls";
import { logger } from "@/lib/telemetry/logger";
import { runtime } from "@/lib/use-case/runtime";
import { oidcSessions } from "@/lib/use-case/session";
import { errorResponse } from "./json-route";

const NOBODY = { id: "nobody", name: "Nobody" };

/** GET: sends the browser to the identity provider. */
export async function startSignIn(request: Request): Promise<Response> {
  try {
    const sessions = await oidcSessions();
    if (!sessions) return redirectTo(urls.home());
    const { url, cookies } = await sessions.start(wantedPath(request), request.headers, kindOf(request));
    return redirectTo(url, cookies);
  } catch (error) {
    return failSignIn(request, error);
  }
}

/** GET: the provider's redirect back, with a code or an error. */
export async function finishSignIn(request: Request): Promise<Response> {
  try {
    const sessions = await oidcSessions();
    if (!sessions) return redirectTo(urls.home());
    const { response, identity, refusal } = await sessions.finish(request);
    const { database, clock } = runtime();
    const origin = requestAddress(request.headers);
    if (identity) {
      const { actor, groups, rules } = identity;
      await openAuditLog(database, clock, { actor, origin }).record({
        action: "sign-in",
        result: "succeeded",
        after: { groups, roles: rules },
      });
    } else if (refusal && PROVEN.has(refusal)) {
      await openAuditLog(database, clock, { actor: NOBODY, origin }).record({
        action: "sign-in",
        result: "refused",
        reason: refusal,
      });
    }
    return response;
  } catch (error) {
    return failSignIn(request, error);
  }
}

/**
 * Refusals of somebody whom the provider has let in. Anybody can make up the others, without having been there: recording
 * those would let anybody fill the audit, with words of their own.
 */
const PROVEN = new Set(["nobody_named", "email_not_verified", "domain_not_allowed"]);

/** POST by the identity provider: ends the sessions that its logout token names. */
export async function endSessionsByProvider(request: Request): Promise<Response> {
  const sessions = await oidcSessions();
  if (!sessions) return answerProvider(404, "not_found");
  try {
    const ended = await sessions.endByProvider(await logoutTokenIn(request));
    const { database, clock } = runtime();
    const origin = requestAddress(request.headers);
    for (const { actor, sessionId } of ended) {
      const audit = openAuditLog(database, clock, { actor, origin });
      await audit.record({
        action: "end-session",
        resource: sessionId,
        result: "succeeded",
        reason: "the identity provider ended it",
      });
    }
    return answerProvider(200);
  } catch (error) {
    if (errorResponse(error).status === 503) return answerProvider(503, "temporarily_unavailable");
    const reason = error instanceof Error ? cutText(error.message, 200) : "no reason";
    logger().warn({ reason }, "a logout token was refused");
    return answerProvider(400, "invalid_request");
  }
}

/** https://openid.net/specs/openid-connect-backchannel-1_0.html#BCRequest: a form with one member that counts. */
async function logoutTokenIn(request: Request): Promise<string> {
  const form = new URLSearchParams(await request.text());
  const [token, ...more] = form.getAll("logout_token");
  if (!token || more.length > 0 || token.length > MAX_TOKEN_LENGTH)
    throw new Error("there is no logout token");
  return token;
}

const MAX_TOKEN_LENGTH = 16_384;

const answerProvider = (status: number, error?: string) =>
  new Response(error === undefined ? null : JSON.stringify({ error }), {
    status,
    headers: {
      "cache-control": "no-store",
      ...(error !== undefined && { "content-type": "application/json" }),
    },
  });

function kindOf(request: Request) {
  const kind = new URL(request.url).searchParams.get("as");
  return kind === "again" || kind === "other" ? kind : undefined;
}

const wantedPath = (request: Request) => returnPath(new URL(request.url).searchParams.get("to"));

function failSignIn(request: Request, error: unknown): Response {
  const failed = errorResponse(error);
  return redirectTo(
    urls.signIn(wantedPath(request)) + (failed.status === 503 ? "&error=unavailable" : "&error=unexpected"),
  );
}

function redirectTo(location: string, cookies: string[] = []): Response {
  const headers = new Headers({ location, "cache-control": "no-store" });
  for (const cookie of cookies) headers.append("set-cookie", cookie);
  return new Response(null, { status: 302, headers });
}
