const AGAIN = "Try again.";
const ADMIN = "Ask an administrator to fix this. Details are in the console's log.";

/** What a failed sign-in says. Only these: the address of the page could carry anybody's words. */
const REASONS: Record<string, string> = {
  // What a provider answers: RFC 6749 4.1.2.1 and 5.2, OpenID Connect Core 3.1.2.6.
  access_denied: "The identity provider denied the sign-in, or you canceled it.",
  consent_required: `You declined the identity provider's consent. ${AGAIN}`,
  login_required: `Sign in at the identity provider first. ${AGAIN}`,
  interaction_required: `The identity provider needs your input first. ${AGAIN}`,
  account_selection_required: `Choose an account at the identity provider first. ${AGAIN}`,
  invalid_client: `The identity provider rejected the console's client credentials. ${ADMIN}`,
  unauthorized_client: `The identity provider doesn't allow this console to sign people in. ${ADMIN}`,
  invalid_request: `The identity provider rejected the console's request as invalid. ${ADMIN}`,
  invalid_scope: `The identity provider doesn't support the requested scopes (GOLDSMITH_OIDC_SCOPES). ${ADMIN}`,
  unsupported_response_type: `The identity provider doesn't support the console's sign-in flow. ${ADMIN}`,
  invalid_grant: `This sign-in has expired or was already used. ${AGAIN}`,
  server_error: "The identity provider had an internal error. Try again shortly.",
  temporarily_unavailable: "The identity provider is busy. Try again shortly.",
  // What the console finds.
  domain_not_allowed: "Your email domain isn't allowed to sign in here.",
  email_not_verified: "Your email address isn't verified at the identity provider.",
  nobody_named: "The identity provider didn't send your identity.",
  not_verified:
    "The identity provider's response couldn't be verified, so you weren't signed in. Details are in the console's log.",
  sign_in_not_fresh:
    "The identity provider didn't ask you to sign in again, or didn't report when you did. Details are in the console's log.",
  state_mismatch: `This sign-in was started in another browser, has expired, or was already used. ${AGAIN}`,
  no_token: "This request has no identity: it didn't come through the sign-in proxy.",
  token_expired: "Your sign-in at the proxy has expired.",
  token_refused: "The identity in this request isn't signed correctly. Details are in the console's log.",
  unavailable: "The identity provider or the console's database isn't responding. Try again shortly.",
};

/** The sentence for an error code of the sign-in; undefined when there was none. */
export function signInReason(code: unknown): string | undefined {
  if (typeof code !== "string" || code === "") return undefined;
  return Object.hasOwn(REASONS, code)
    ? REASONS[code]
    : `Signing in failed. ${AGAIN} Details are in the console's log.`;
}
