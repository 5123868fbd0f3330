import "server-only";
import { createHash, hkdfSync } from "node:crypto";
import { betterAuth } from "better-auth";
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { genericOAuth } from "better-auth/plugins/generic-oauth";
import type { OidcSignIn } from "@/lib/config/sign-in-config";
import type { Orm } from "@/lib/db/database";
import { people, providerAccounts, sessions, signInStates } from "@/lib/db/schema";
import { logger } from "@/lib/telemetry/logger";
import { refusalOfClaims } from "../identity";
import type { Provider } from "./provider";

export const PROVIDER_ID = "oidc";
export const SIGN_IN_PATH = "/sign-in";
const SECONDS_PER_HOUR = 3600;

/**
 * The flow with state, nonce and PKCE, and the sessions. People are known by issuer and subject: an address that
 * moves to somebody else takes nothing with it.
 */
export function createBetterAuth({
  signIn,
  provider,
  orm,
}: {
  signIn: OidcSignIn;
  provider: Provider;
  orm: Orm;
}) {
  return betterAuth({
    baseURL: signIn.url,
    basePath: "/api/auth",
    secret: cookieSecretOf(signIn.secret),
    database: drizzleAdapter(orm, {
      provider: "pg",
      schema: { user: people, session: sessions, account: providerAccounts, verification: signInStates },
      transaction: true,
    }),
    session: { expiresIn: signIn.sessionHours * SECONDS_PER_HOUR, disableSessionRefresh: true, freshAge: 0 },
    account: {
      encryptOAuthTokens: true,
      accountLinking: { enabled: false },
      updateAccountOnSignIn: true,
    },
    user: {
      additionalFields: {
        claims: { type: "string", required: true },
        claimsReadAt: { type: "date", required: true },
      },
      validateUserInfo: ({ source }) => {
        const refusal = refusalOfClaims(source.oauth?.profile ?? {}, signIn);
        return refusal && { error: refusal };
      },
    },
    onAPIError: { errorURL: `${signIn.url}${SIGN_IN_PATH}` },
    advanced: cookieRules(signIn.url),
    plugins: [
      genericOAuth({
        config: [
          {
            providerId: PROVIDER_ID,
            clientId: signIn.clientId,
            clientSecret: signIn.clientSecret,
            discoveryUrl: provider.discoveryUrl,
            scopes: signIn.scopes,
            pkce: true,
            requireIdTokenVerification: true,
            overrideUserInfo: true,
            accountIssuer: provider.issuer,
            accountSubject: ({ profile }) => String(profile.sub),
            getUserInfo: async ({ idToken, accessToken }) => {
              // Without an ID token nothing says that the answer belongs to this sign-in.
              if (!idToken) return null;
              const claims = await provider.readClaims({ idToken, accessToken }).catch((error: unknown) => {
                logger().warn({ reason: String(error) }, "an ID token was refused");
                return null;
              });
              return claims && { ...claims, id: String(claims.sub), emailVerified: true };
            },
            mapProfileToUser: ({ id: _, emailVerified: _own, ...claims }) => ({
              email: keyOfPerson(provider.issuer, String(claims.sub)),
              emailVerified: true,
              name: typeof claims.name === "string" ? claims.name : "",
              image: undefined,
              claims: JSON.stringify(claims),
              claimsReadAt: new Date(),
            }),
          },
        ],
      }),
    ],
    logger: {
      level: "warn",
      log: (level, message, ...details) =>
        logger()[level]({ details: details.map(String) }, `sign-in: ${message}`),
    },
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
  });
}

export type BetterAuth = ReturnType<typeof createBetterAuth>;

/** Names with `__Host-` are taken by browsers from this very host over https only, so no neighbour can plant one. */
const cookieRules = (url: string) => {
  const secure = url.startsWith("https://");
  return {
    // It would put `__Secure-` before the name, which promises less.
    useSecureCookies: false,
    cookiePrefix: cookiePrefixOf(url),
    defaultCookieAttributes: { secure, httpOnly: true, sameSite: "lax" as const, path: "/" },
  };
};

const cookiePrefixOf = (url: string) => (url.startsWith("https://") ? "__Host-goldsmith" : "goldsmith");
export const sessionCookieName = (url: string) => `${cookiePrefixOf(url)}.session_token`;

/** Another key than the client secret itself, which the provider knows too. */
const cookieSecretOf = (secret: string) =>
  Buffer.from(hkdfSync("sha256", secret, "", "goldsmith sessions", 32)).toString("base64url");

const keyOfPerson = (issuer: string, subject: string) =>
  `${createHash("sha256").update(`${issuer}\n${subject}`).digest("hex")}@person.invalid`;
