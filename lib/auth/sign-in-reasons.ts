const AGAIN = "Start again from here.";
const ADMIN = "An administrator must put this right; the console's log says more.";

/** What a failed sign-in says. Only these: the address of the page could carry anybody's words. */
const REASONS: Record<string, string> = {
  // What a provider answers: RFC 6749 4.1.2.1 and 5.2, OpenID Connect Core 3.1.2.6.
  access_denied: "The identity provider did not let you in, or you cancelled.",
  consent_required: `You did not agree to what the identity provider asked. ${AGAIN}`,
  login_required: `The identity provider wants you to sign in there first. ${AGAIN}`,
  interaction_required: `The identity provider wants to ask you something first. ${AGAIN}`,
  account_selection_required: `The identity provider wants you to choose an account first. ${AGAIN}`,
  invalid_client: `The identity provider does not accept the console's own credentials. ${ADMIN}`,
  unauthorized_client: `The identity provider does not let this console sign people in. ${ADMIN}`,
  invalid_request: `The identity provider does not understand what the console asked. ${ADMIN}`,
  invalid_scope: `The identity provider does not know what the console asked for (GOLDSMITH_OIDC_SCOPES). ${ADMIN}`,
  unsupported_response_type: `The identity provider does not offer the kind of sign-in that the console uses. ${ADMIN}`,
  invalid_grant: `The identity provider no longer accepts this sign-in: it took too long, or was used before. ${AGAIN}`,
  server_error: "The identity provider had a fault of its own. Try again shortly.",
  temporarily_unavailable: "The identity provider is busy. Try again shortly.",
  // What the console finds.
  domain_not_allowed: "Your mail address belongs to a domain that may not sign in here.",
  email_not_verified: "The identity provider does not say that your mail address is verified.",
  nobody_named: "The identity provider did not say who you are.",
  not_verified:
    "The identity provider's answer could not be verified, so nobody was signed in. The console's log says why.",
  sign_in_not_fresh:
    "The identity provider did not ask you to sign in again, or does not say when you did. The console's log says more.",
  state_mismatch: `This sign-in was started in another browser, took too long or was used before. ${AGAIN}`,
  no_token: "This request did not come through the sign-in proxy: it carries no identity.",
  token_expired: "Your sign-in at the proxy has run out.",
  token_refused:
    "The identity that came with this request is not signed as it must be. The console's log says why.",
  unavailable: "The identity provider or the console's database does not answer. Try again shortly.",
};

/** The sentence for an error code of the sign-in; undefined when there was none. */
export function signInReason(code: unknown): string | undefined {
  if (typeof code !== "string" || code === "") return undefined;
  return Object.hasOwn(REASONS, code)
    ? REASONS[code]
    : `Signing in failed. ${AGAIN} The console's log says why.`;
}
