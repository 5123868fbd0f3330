import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { decodeJwt, decodeProtectedHeader, exportJWK, generateKeyPair, SignJWT } from "jose";
import Provider from "oidc-provider";

export const CLIENT_ID = "goldsmith";
export const CLIENT_SECRET = "a-client-secret-of-the-tests-with-enough-characters";

/** Somebody the provider knows. */
type KnownPerson = { sub: string } & Record<string, unknown>;

export type IdentityProvider = {
  issuer: string;
  /** Who is signed in at the provider when a browser comes; undefined cancels. */
  person: KnownPerson | undefined;
  /** Replaces the ID token on its way out of the token endpoint. */
  forge: ((real: Forgery) => Promise<string | undefined>) | undefined;
  /** While true every request is answered with 503. */
  isAway: boolean;
  /** While true the user info and token endpoints refuse. */
  hasLockedOut: boolean;
  /** Requests so far, as `GET /path`. */
  requests: string[];
  close(): Promise<void>;
};

export type Forgery = {
  token: string;
  claims: Record<string, unknown>;
  header: Record<string, unknown>;
  /** Signs with the provider's own key. */
  sign(claims: Record<string, unknown>, header?: Record<string, unknown>): Promise<string>;
};

/** A real OpenID Connect provider over HTTP, on loopback, which asks nothing and signs `person` in. */
export async function startIdentityProvider({
  redirectUris,
  postLogoutRedirectUris = [],
  offlineAccess = false,
  port = 0,
}: {
  redirectUris: string[];
  postLogoutRedirectUris?: string[];
  /** Gives refresh tokens. */
  offlineAccess?: boolean;
  port?: number;
}): Promise<IdentityProvider> {
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  const key = { ...(await exportJWK(privateKey)), kid: "provider-key", alg: "RS256", use: "sig" };
  const server = createServer();
  await new Promise<void>((listening) => server.listen(port, "127.0.0.1", listening));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const state: IdentityProvider = {
    issuer,
    person: { sub: "ana", email: "ana@example.com", email_verified: true, name: "Ana", groups: ["platform"] },
    forge: undefined,
    isAway: false,
    hasLockedOut: false,
    requests: [],
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
  const people = new Map<string, KnownPerson>();
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT_ID,
        client_secret: CLIENT_SECRET,
        redirect_uris: redirectUris,
        post_logout_redirect_uris: postLogoutRedirectUris,
        grant_types: ["authorization_code", "refresh_token"],
      },
    ],
    jwks: { keys: [key] },
    cookies: { keys: ["provider-cookie-key"] },
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name", "groups"] },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    issueRefreshToken: async () => offlineAccess,
    findAccount: (_: unknown, id: string) => ({
      accountId: id,
      // What is known now, so that a group taken away is gone at the next question.
      claims: () => (state.person?.sub === id ? state.person : people.get(id)),
    }),
    loadExistingGrant: async (ctx: {
      oidc: { session: { accountId: string }; client: { clientId: string }; params: { scope: string } };
    }) => {
      const { session, client, params } = ctx.oidc;
      const grant = new provider.Grant({ accountId: session.accountId, clientId: client.clientId });
      grant.addOIDCScope(params.scope);
      await grant.save();
      return grant;
    },
    ttl: {
      AccessToken: 3600,
      IdToken: 600,
      RefreshToken: 86_400,
      Grant: 86_400,
      Session: 86_400,
      Interaction: 600,
    },
  });
  const answer = provider.callback();

  const sign = (claims: Record<string, unknown>, header: Record<string, unknown> = {}) =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: "RS256", kid: "provider-key", ...header })
      .sign(privateKey, { crit: { "urn:unknown": true } });

  const forgeAnswer = async (body: string) => {
    const parsed = JSON.parse(body) as { id_token?: string };
    if (!parsed.id_token || !state.forge) return body;
    const token = parsed.id_token;
    const id_token = await state.forge({
      token,
      claims: decodeJwt(token),
      header: { ...decodeProtectedHeader(token) },
      sign,
    });
    return JSON.stringify({ ...parsed, id_token });
  };

  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    const path = new URL(request.url ?? "/", issuer).pathname;
    state.requests.push(`${request.method} ${path}`);
    if (state.isAway) return void response.writeHead(503).end();
    if (state.hasLockedOut && (path === "/me" || path === "/token")) {
      return void response
        .writeHead(path === "/me" ? 401 : 400, { "content-type": "application/json" })
        .end('{"error":"invalid_grant"}');
    }
    if (path.startsWith("/interaction/")) {
      const { person } = state;
      if (person) people.set(person.sub, person);
      const result = person
        ? { login: { accountId: person.sub } }
        : { error: "access_denied", error_description: "End-user aborted" };
      return void provider.interactionFinished(request, response, result);
    }
    if (path === "/token" && state.forge) rewriteBody(response, forgeAnswer);
    return void answer(request, response);
  });
  return state;
}

/** Holds the answer back until `rewrite` has changed it. */
function rewriteBody(response: ServerResponse, rewrite: (body: string) => Promise<string>): void {
  const end = response.end.bind(response);
  response.end = ((body: string | Buffer) => {
    void rewrite(String(body)).then((text) => {
      response.setHeader("content-length", Buffer.byteLength(text));
      end(text);
    });
    return response;
  }) as typeof response.end;
}
