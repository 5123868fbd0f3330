import "server-only";
import * as oauth from "openid-client";
import { cutText } from "@/lib/core/canonical-text";

/** A provider's "no", in its own words. */
export type ProviderRefusal = {
  /** As OAuth and OpenID Connect name it, such as `invalid_client`. */
  code: string;
  description?: string;
  status?: number;
};

const MAX_LENGTH = 300;

/** What the provider refused, out of anything thrown by a request to it; undefined when it did not refuse. */
export function refusalIn(error: unknown): ProviderRefusal | undefined {
  if (error instanceof oauth.ResponseBodyError) {
    return { code: codeIn(error.error), description: lineIn(error.error_description), status: error.status };
  }
  if (error instanceof oauth.AuthorizationResponseError) {
    return { code: codeIn(error.error), description: lineIn(error.error_description) };
  }
  if (error instanceof oauth.WWWAuthenticateChallengeError) {
    const [challenge] = error.cause;
    const { error: code = "invalid_client", error_description } = challenge?.parameters ?? {};
    return { code: codeIn(code), description: lineIn(error_description), status: error.status };
  }
  return undefined;
}

/** The console itself was refused, so that another way to prove who it is may help. */
export function isAboutClient(error: unknown): boolean {
  const refusal = refusalIn(error);
  const codes = ["invalid_client", "unauthorized_client"];
  return refusal !== undefined && (codes.includes(refusal.code) || refusal.status === 401);
}

/** Why something failed, one line with its causes, for the log. */
export function reasonOf(error: unknown): string {
  const refusal = refusalIn(error);
  if (refusal) return [refusal.code, refusal.description].filter(Boolean).join(": ");
  const reasons: string[] = [];
  for (let at: unknown = error; at instanceof Error && reasons.length < 4; at = at.cause)
    reasons.push(at.message);
  return lineIn(reasons.length > 0 ? reasons.join(": ") : String(error));
}

/** What is left of a code may be nothing: it is still a refusal. */
const codeIn = (code: string | undefined): string => lineIn(code) || "unknown";

/** One bounded line: anybody can write the address that an answer comes back to. */
function lineIn(text: string | undefined): string {
  const line = cutText(text ?? "", MAX_LENGTH).replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ");
  return line.toWellFormed().trim();
}
