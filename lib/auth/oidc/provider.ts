import "server-only";
import { errors } from "jose";
import * as oauth from "openid-client";
import { z } from "zod";
import { CLOCK_TOLERANCE_SECONDS, type OidcSignIn, SIGNATURES } from "@/lib/config/sign-in-config";
import { logger } from "@/lib/telemetry/logger";
import type { Claims } from "../types";
import { clientAuthentications } from "./client-authentication";
import {
  boundedText,
  type Description,
  getText,
  PATIENCE_MS,
  readDescription,
  TokenRefused,
} from "./description";
import { isAboutClient, refusalIn } from "./provider-refusal";
import { verifyIdToken, verifyLogoutToken } from "./verify-id-token";

/** A provider that no longer fits its description is asked for it again, but not at every made-up token. */
const LEAST_BETWEEN_READS_MS = 5_000;

export type Tokens = {
  idToken?: string;
  accessToken: string;
  refreshToken?: string;
  /** Undefined where the provider does not say. */
  accessTokenLastsSeconds?: number;
};

/** What binds the answer to a sign-in. */
export type SignInChecks = { state: string; nonce: string; verifier: string; maxAgeSeconds?: number };
type Prompt = "login" | "select_account";

/** The identity provider, as the console asks it. It describes itself, and is asked again when that no longer fits. */
export interface Provider {
  /** Where to send a browser. Rejects while the provider does not answer, so that nobody is sent there for nothing. */
  signInUrl(redirectUri: string, checks: SignInChecks, prompt?: "login" | "other"): Promise<string>;
  /** Redeems what came back to `address`. Throws what `refusalIn` understands, or an error that says what does not fit. */
  redeem(address: URL, checks: SignInChecks): Promise<Tokens>;
  /** Claims of an ID token, verified. */
  verifySignedIn(idToken: string): Promise<Claims>;
  /** Claims of a token that ends sessions, verified as OpenID Connect Back-Channel Logout 1.0 says. */
  verifyLogout(logoutToken: string): Promise<Claims>;
  /** What the provider says now; empty where it says nothing. Throws `TokenRefused` when it no longer takes the token. */
  readUserInfo(accessToken: string, subject: unknown): Promise<Claims>;
  /** Throws `TokenRefused` when the provider no longer takes the token. */
  refresh(refreshToken: string): Promise<Tokens>;
  /** Nothing where the provider has no place for it. */
  revoke(token: string, kind: "refresh_token" | "access_token"): Promise<void>;
  /** The page that signs out there too; undefined where there is none. */
  signOutUrl(comeBackTo: string, idToken?: string): Promise<string | undefined>;
}

export function openProvider(signIn: OidcSignIn): Provider {
  let known: Description | undefined;
  let reading: Promise<Description> | undefined;
  let rereadAt = Number.NEGATIVE_INFINITY;
  /** The way of client authentication that was taken last. */
  let takenWay: string | undefined;

  /** One that is away is tried again at the next call. */
  const read = (): Promise<Description> => {
    reading ??= readDescription(signIn)
      .then((description) => {
        // Keys stay known while they are where they were.
        if (known?.said.jwks_uri === description.said.jwks_uri) description.keys = known.keys;
        known = description;
        return description;
      })
      .catch((error: unknown) => {
        logger().error({ err: error }, "the identity provider cannot be used");
        throw error;
      })
      .finally(() => {
        reading = undefined;
      });
    return reading;
  };

  /** Tries again with a new description and new keys when the work failed for another reason than a plain refusal. */
  async function fitting<Value>(work: (description: Description) => Promise<Value>): Promise<Value> {
    const before = known ?? (await read());
    try {
      return await work(before);
    } catch (error) {
      const { status } = refusalIn(error) ?? {};
      const isAnswer = (refusalIn(error) && !isGone(status)) || error instanceof TokenRefused;
      if (isAnswer || performance.now() - rereadAt < LEAST_BETWEEN_READS_MS) throw error;
      rereadAt = performance.now();
      const after = await readDescription(signIn).catch(() => undefined);
      if (!after || (after.text === before.text && !isAboutKeys(error))) throw error;
      known = after;
      logger().info("the identity provider's description was read again, because it no longer fitted");
      return work(after);
    }
  }

  const configOf = (
    { said }: Description,
    authenticate: oauth.ClientAuth = oauth.None(),
  ): oauth.Configuration => {
    const config = new oauth.Configuration(
      // Which signatures are taken is ours to say, and stays true when the provider changes its own.
      { ...said, id_token_signing_alg_values_supported: SIGNATURES },
      signIn.clientId,
      { client_secret: signIn.clientSecret, [oauth.clockTolerance]: CLOCK_TOLERANCE_SECONDS },
      authenticate,
    );
    config.timeout = PATIENCE_MS / 1000;
    config[oauth.customFetch] = async (url, { body, ...options }) => {
      const response = await fetch(url, { ...options, body: body as BodyInit, redirect: "error" });
      const text = await boundedText(response, url);
      // These have no body by definition.
      const isEmpty = [204, 205, 304].includes(response.status);
      return new Response(isEmpty ? null : text, response);
    };
    // The configuration allows http on loopback only.
    if (said.issuer.startsWith("http:")) oauth.allowInsecureRequests(config);
    return config;
  };

  /** Asks as the console: with each way of client authentication in turn until one is taken. */
  async function asClient<Value>(
    description: Description,
    ask: (config: oauth.Configuration) => Promise<Value>,
  ): Promise<Value> {
    const offered = description.said.token_endpoint_auth_methods_supported;
    const ways = await clientAuthentications(signIn, offered);
    let refused: unknown;
    for (const { method, authenticate } of ways.toSorted(
      (one, two) => Number(two.method === takenWay) - Number(one.method === takenWay),
    )) {
      try {
        const value = await ask(configOf(description, authenticate));
        takenWay = method;
        return value;
      } catch (error) {
        const isNotIt = isAboutClient(error);
        if (isNotIt) {
          const { code, description: words } = refusalIn(error) ?? {};
          logger().warn(
            { method, code, words },
            "the identity provider refused the console's own credentials",
          );
        }
        refused ??= error;
        if (!isNotIt) throw refused;
      }
    }
    throw refused;
  }

  return {
    async signInUrl(redirectUri, { state, nonce, verifier, maxAgeSeconds }, prompt) {
      // Said here rather than found out in the browser, at an address that is no page of the console.
      const description = await read();
      const url = oauth.buildAuthorizationUrl(configOf(description), {
        redirect_uri: redirectUri,
        scope: signIn.scopes.join(" "),
        state,
        nonce,
        code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
        code_challenge_method: "S256",
        ...(prompt && { prompt: promptOf(prompt, description) }),
        ...(maxAgeSeconds !== undefined && { max_age: String(maxAgeSeconds) }),
      });
      return url.href;
    },

    redeem: (address, { state, nonce, verifier, maxAgeSeconds }) =>
      fitting((description) =>
        asClient(description, async (config) =>
          tokensOf(
            await oauth.authorizationCodeGrant(config, address, {
              expectedState: state,
              expectedNonce: nonce,
              pkceCodeVerifier: verifier,
              maxAge: maxAgeSeconds,
              // Without an ID token nothing says that the answer belongs to this sign-in.
              idTokenExpected: true,
            }),
          ),
        ),
      ),

    verifySignedIn: (idToken) =>
      fitting(({ said, keys }) =>
        verifyIdToken(idToken, { issuer: said.issuer, clientId: signIn.clientId, keys }),
      ),

    verifyLogout: (logoutToken) =>
      fitting(({ said, keys }) =>
        verifyLogoutToken(logoutToken, { issuer: said.issuer, clientId: signIn.clientId, keys }),
      ),

    readUserInfo: (accessToken, subject) =>
      fitting(async ({ said: { userinfo_endpoint } }) => {
        if (!userinfo_endpoint) return {};
        const told = claimsSchema.parse(JSON.parse(await getText(userinfo_endpoint, accessToken)));
        // https://openid.net/specs/openid-connect-core-1_0.html#UserInfoResponse: another subject is another person.
        if (told.sub !== undefined && told.sub !== subject) {
          throw new TokenRefused("the user info is about somebody else");
        }
        return told;
      }),

    refresh: (refreshToken) =>
      fitting((description) =>
        asClient(description, async (config) =>
          tokensOf(
            await oauth.refreshTokenGrant(config, refreshToken).catch((error: unknown) => {
              if (refusalIn(error)?.code !== "invalid_grant") throw error;
              throw new TokenRefused("the refresh token is no longer taken");
            }),
          ),
        ),
      ),

    revoke: (token, kind) =>
      fitting(async (description) => {
        if (!description.said.revocation_endpoint) return;
        await asClient(description, (config) =>
          oauth.tokenRevocation(config, token, { token_type_hint: kind }),
        );
      }),

    async signOutUrl(comeBackTo, idToken) {
      const description = known ?? (await read());
      if (!description.said.end_session_endpoint) return undefined;
      return oauth.buildEndSessionUrl(configOf(description), {
        post_logout_redirect_uri: comeBackTo,
        ...(idToken && { id_token_hint: idToken }),
      }).href;
    },
  };
}

/** jose could not find a key for a signature, or the one it found does not fit: the provider may have others now. */
const isAboutKeys = (error: unknown) =>
  error instanceof errors.JWKSNoMatchingKey ||
  error instanceof errors.JWSSignatureVerificationFailed ||
  error instanceof errors.JWKSMultipleMatchingKeys;

/** There is nothing at an address any more, or something else. */
const isGone = (status: number | undefined) => status === 404 || status === 405 || status === 410;

const claimsSchema = z.record(z.string(), z.unknown());

const tokensOf = (answer: oauth.TokenEndpointResponse & oauth.TokenEndpointResponseHelpers): Tokens => ({
  idToken: answer.id_token,
  accessToken: answer.access_token,
  refreshToken: answer.refresh_token,
  accessTokenLastsSeconds: answer.expiresIn(),
});

/** Asks who it is to be; where that is no word of the provider's, to sign in anew, which lets one choose too. */
function promptOf(prompt: "login" | "other", { said }: Description): Prompt {
  if (prompt === "login") return "login";
  const { prompt_values_supported: words } = said;
  const choosesAccount = words?.includes("select_account") ?? said.issuer === "https://accounts.google.com";
  return choosesAccount ? "select_account" : "login";
}
