import type { SignIn } from "@/lib/config/sign-in-config";
import type { SettingSaid } from "./types";

/** How people sign in, without any secret. */
export function signInSaid(signIn: SignIn): SettingSaid[] {
  if (signIn.kind === "none")
    return [
      {
        label: "Sign-in",
        value: signIn.isOpen
          ? "none: whoever reaches this console is its administrator"
          : "none: this machine only, as the local administrator",
        variable: signIn.isOpen ? "GOLDSMITH_INSECURE" : "GOLDSMITH_OIDC_ISSUER",
      },
    ];
  const roles = signIn.roles.length;
  const common: SettingSaid[] = [
    { label: "Issuer", value: signIn.issuer, variable: "GOLDSMITH_OIDC_ISSUER" },
    { label: "Groups are read from", value: signIn.groupsClaim, variable: "GOLDSMITH_GROUPS_CLAIM" },
    { label: "Rules for roles", value: `${roles}`, variable: "GOLDSMITH_ROLES" },
    {
      label: "Mail domains",
      value: signIn.allowedDomains.join(", ") || "any",
      variable: "GOLDSMITH_ALLOWED_DOMAINS",
    },
  ];
  if (signIn.kind === "proxy")
    return [
      { label: "Sign-in", value: `by a proxy (${signIn.proxy})`, variable: "GOLDSMITH_PROXY" },
      ...common,
    ];
  return [
    { label: "Sign-in", value: "OpenID Connect", variable: "GOLDSMITH_OIDC_ISSUER" },
    ...common,
    { label: "Client ID", value: signIn.clientId, variable: "GOLDSMITH_OIDC_CLIENT_ID" },
    {
      label: "Sessions",
      value: `end after ${signIn.sessionHours} h, or ${signIn.idleHours} h without use`,
      variable: "GOLDSMITH_SESSION_HOURS",
    },
    {
      label: "Fresh sign-in for deleting and sharing",
      value: signIn.freshMinutes === 0 ? "not needed" : `within ${signIn.freshMinutes} min`,
      variable: "GOLDSMITH_FRESH_SIGN_IN_MINUTES",
    },
  ];
}
