import "server-only";
import { openAuditLog } from "@/lib/audit/audit-log";
import { returnPath } from "@/lib/auth/return-path";
import { requestAddress } from "@/lib/core/request-facts";
import { urls } from "@/lib/core/urls";
import { runtime } from "@/lib/use-case/runtime";
import { oidcSessions } from "@/lib/use-case/session";
import { errorResponse } from "./json-route";

const NOBODY = { id: "nobody", name: "Nobody" };

/** GET: sends the browser to the identity provider. */
export async function startSignIn(request: Request): Promise<Response> {
  try {
    const sessions = await oidcSessions();
    if (!sessions) return redirectTo(urls.home());
    const { url, cookies } = await sessions.start(wantedPath(request), request.headers);
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
    } else if (refusal && !UNPROVEN.test(refusal)) {
      await openAuditLog(database, clock, { actor: NOBODY, origin }).record({
        action: "sign-in",
        result: "refused",
        reason: refusal.slice(0, 200),
      });
    }
    return response;
  } catch (error) {
    return failSignIn(request, error);
  }
}

/** Anybody can send these without having been at the provider: recording them would let anybody fill the audit. */
const UNPROVEN = /^(state_|invalid_callback|no_code|unknown)/;

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
