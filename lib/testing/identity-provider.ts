import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { decodeJwt, decodeProtectedHeader, exportJWK, generateKeyPair, SignJWT } from "jose";
import Provider from "oidc-provider";
import { createMemoryAdapter } from "oidc-provider/lib/adapters/memory_adapter.js";

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
  /** While true requests are taken and never answered. */
  isSilent: boolean;
  /** While true the user info and token endpoints refuse. */
  hasLockedOut: boolean;
  /** Changes an answer in JSON on its way out, by path. */
  rewrite: Map<string, (body: Record<string, unknown>) => Record<string, unknown>>;
  /** Signs with the provider's own key. */
  sign(claims: Record<string, unknown>, header?: Record<string, unknown>): Promise<string>;
  /** From now on another key, of another kind where one is named, and other addresses where they are wanted. */
  rotate(change?: { alg?: string; kid?: string; at?: string }): Promise<void>;
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
  client = {},
  methods,
}: {
  redirectUris: string[];
  postLogoutRedirectUris?: string[];
  /** Gives refresh tokens. */
  offlineAccess?: boolean;
  port?: number;
  /** More of what the provider knows of the console. */
  client?: Record<string, unknown>;
  /** The ways of client authentication that it takes and names. */
  methods?: string[];
}): Promise<IdentityProvider> {
  let signing = await newKey();
  const server = createServer();
  await new Promise<void>((listening) => server.listen(port, "127.0.0.1", listening));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const state: IdentityProvider = {
    issuer,
    person: { sub: "ana", email: "ana@example.com", email_verified: true, name: "Ana", groups: ["platform"] },
    forge: undefined,
    isAway: false,
    isSilent: false,
    hasLockedOut: false,
    rewrite: new Map(),
    sign: (claims, header) => sign(claims, header),
    rotate: async ({ alg, kid, at } = {}) => {
      signing = await newKey(alg, kid ?? `provider-key-${Date.now()}`);
      provider = createProvider(at);
      answer = provider.callback();
    },
    requests: [],
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
  const people = new Map<string, KnownPerson>();
  const adapter = createMemoryAdapter();
  const createProvider = (at = "") =>
    new Provider(issuer, {
      adapter,
      clients: [
        {
          client_id: CLIENT_ID,
          client_secret: CLIENT_SECRET,
          redirect_uris: redirectUris,
          post_logout_redirect_uris: postLogoutRedirectUris,
          grant_types: ["authorization_code", "refresh_token"],
          id_token_signed_response_alg: signing.alg,
          ...client,
        },
      ],
      jwks: { keys: [signing.jwk] },
      ...(methods && { clientAuthMethods: methods }),
      routes: { token: `${at}/token`, userinfo: `${at}/me`, jwks: `${at}/jwks`, authorization: `${at}/auth` },
      cookies: { keys: ["provider-cookie-key"] },
      claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name", "groups"] },
      pkce: { required: () => true },
      features: {
        devInteractions: { enabled: false },
        revocation: { enabled: true },
        backchannelLogout: { enabled: true },
      },
      interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
      issueRefreshToken: async () => offlineAccess,
      findAccount: (_: unknown, id: string) => ({
        accountId: id,
        // What is known now, so that a group taken away is gone at the next question.
        claims: () => (state.person?.sub === id ? state.person : people.get(id)),
      }),
      loadExistingGrant: async (ctx: {
        oidc: {
          session: { accountId: string; grantIdFor(clientId: string): string | undefined };
          client: { clientId: string };
          params: { scope: string };
        };
      }) => {
        const { session, client, params } = ctx.oidc;
        // One grant for all tabs, as a provider keeps it that asks for consent once.
        const known = session.grantIdFor(client.clientId);
        const about = { accountId: session.accountId, clientId: client.clientId };
        const grant = (known && (await provider.Grant.find(known))) || new provider.Grant(about);
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
  let provider = createProvider();
  let answer = provider.callback();

  const sign = (claims: Record<string, unknown>, header: Record<string, unknown> = {}) =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: signing.alg, kid: signing.kid, ...header })
      .sign(signing.privateKey, { crit: { "urn:unknown": true } });

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
    if (state.isSilent) return;
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
    const rewrite = state.rewrite.get(path);
    if (rewrite) {
      rewriteBody(response, async (body) =>
        JSON.stringify(rewrite(JSON.parse(body) as Record<string, unknown>)),
      );
    }
    return void answer(request, response);
  });
  return state;
}

async function newKey(alg = "RS256", kid = "provider-key") {
  const { privateKey } = await generateKeyPair(alg, { extractable: true });
  return { alg, kid, privateKey, jwk: { ...(await exportJWK(privateKey)), kid, alg, use: "sig" } };
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
