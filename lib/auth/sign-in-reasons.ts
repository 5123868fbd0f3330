const AGAIN = "Start again from here.";

/** What a failed sign-in says. Only these: the address of the page could carry anybody's words. */
const REASONS: Record<string, string> = {
  access_denied: "The identity provider did not let you in, or you cancelled.",
  domain_not_allowed: "Your mail address belongs to a domain that may not sign in here.",
  email_not_verified: "The identity provider says that your mail address is not verified.",
  nobody_named: "The identity provider did not say who you are.",
  unable_to_get_user_info:
    "The identity provider's answer could not be verified, so nobody was signed in. The console's log says why.",
  invalid_code: `The identity provider no longer takes this sign-in. ${AGAIN}`,
  state_mismatch: `This sign-in was started in another browser, took too long or was used before. ${AGAIN}`,
  state_not_found: `This sign-in was not started here. ${AGAIN}`,
  no_token: "This request did not come through the sign-in proxy: it carries no identity.",
  token_refused:
    "The identity that came with this request is not signed as it must be. The console's log says why.",
  unavailable: "The identity provider or the console's database does not answer. Try again shortly.",
};

/** The sentence for an error code of the sign-in; undefined when there was none. */
export function signInReason(code: unknown): string | undefined {
  if (typeof code !== "string" || code === "") return undefined;
  return Object.hasOwn(REASONS, code) ? REASONS[code] : `Signing in failed. ${AGAIN}`;
}
