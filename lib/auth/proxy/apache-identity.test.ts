import { createServer, type IncomingHttpHeaders, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ProxySignIn, readSignIn } from "@/lib/config/sign-in-config";
import { type Apache, freePort, needsApache, startApache } from "@/lib/testing/apache-openidc";
import { CLIENT_ID, type IdentityProvider, startIdentityProvider } from "@/lib/testing/identity-provider";
import { manualClock } from "@/lib/testing/manual-clock";
import { openProxyIdentity } from "./proxy-identity";

/** `fetch` says that it is no navigation, and mod_auth_openidc sends nothing else to sign in. */
const get = (address: string, headers: Record<string, string>) =>
  new Promise<{ status: number; location?: string; cookies: string[]; text: string }>((resolve, reject) => {
    request(address, { headers }, (response) => {
      let body = "";
      response.on("data", (part: Buffer) => {
        body += part.toString();
      });
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          location: response.headers.location,
          cookies: response.headers["set-cookie"] ?? [],
          text: body,
        }),
      );
    })
      .on("error", reject)
      .end();
  });

describe.skipIf(needsApache)("Apache (needs Debian's apache2 and libapache2-mod-auth-openidc)", () => {
  let provider: IdentityProvider;
  let apache: Apache;
  let behind: Server;
  let origin: string;
  /** What the last request brought to the console. */
  let received: IncomingHttpHeaders = {};
  const clock = manualClock(Date.now());
  beforeAll(async () => {
    const port = await freePort();
    origin = `http://127.0.0.1:${port}`;
    provider = await startIdentityProvider({ redirectUris: [`${origin}/oidc-callback`] });
    // Its ID token has no groups of its own, as with most providers until somebody adds them.
    provider.forge = ({ claims, sign }) => sign({ ...claims, groups: ["platform"], name: "Ana Ñandú 山田" });
    behind = createServer((request, response) => {
      received = request.headers;
      response.end("the console");
    });
    await new Promise<void>((listening) => behind.listen(0, "127.0.0.1", listening));
    const upstream = `http://127.0.0.1:${(behind.address() as AddressInfo).port}`;
    apache = await startApache({ port, issuer: provider.issuer, upstream });
  }, 60_000);
  afterAll(async () => {
    await apache?.stop();
    await provider?.close();
    behind?.close();
  });

  const identify = () => {
    const mistakes: string[] = [];
    const signIn = readSignIn(
      {
        GOLDSMITH_PROXY: "jwt",
        GOLDSMITH_PROXY_HEADER: "OIDC_id_token",
        GOLDSMITH_PROXY_ISSUER: provider.issuer,
        GOLDSMITH_PROXY_AUDIENCE: CLIENT_ID,
        GOLDSMITH_PROXY_KEYS: `${provider.issuer}/jwks`,
        GOLDSMITH_ROLES: JSON.stringify([{ group: "platform", role: "admin" }]),
      },
      { host: "127.0.0.1", port: 3000, isLoopback: true, isInsecure: false, targetIds: [] },
      mistakes,
    );
    expect(mistakes).toEqual([]);
    return openProxyIdentity(signIn as ProxySignIn, clock);
  };
  /** Follows every redirect with the cookies of one browser. */
  const visit = async (address: string, more: Record<string, string> = {}) => {
    const jar = new Map<string, string>();
    let next = address;
    for (let step = 0; step < 12; step += 1) {
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
      const response = await get(next, { accept: "text/html", ...more, cookie });
      for (const set of response.cookies) {
        const [pair = ""] = set.split(";", 1);
        jar.set(pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1));
      }
      if (!response.location) return { status: response.status, text: response.text };
      next = new URL(response.location, next).href;
    }
    throw new Error(`${address} leads round in circles`);
  };

  it("passes on an ID token that the console takes, with groups and names as they are", async () => {
    expect(await visit(`${origin}/prod/pipelines`)).toMatchObject({ status: 200, text: "the console" });
    const headers = new Headers({ oidc_id_token: String(received.oidc_id_token) });
    expect(await identify()(headers)).toMatchObject({
      identity: {
        actor: { id: `${provider.issuer}#ana`, name: "Ana Ñandú 山田", grants: [{ role: "admin" }] },
      },
    });
    expect(received.host).toBe(new URL(origin).host);
  });

  it("lets nobody in with a token of their own in its header", async () => {
    await visit(`${origin}/prod`, { OIDC_id_token: "mine", "OIDC-id-token": "mine" });
    expect(String(received.oidc_id_token)).not.toContain("mine");
  });

  it("says that a token has run out, which a sign-in at the proxy mends", async () => {
    await visit(`${origin}/prod`);
    clock.advance(11 * 60_000);
    const headers = new Headers({ oidc_id_token: String(received.oidc_id_token) });
    expect(await identify()(headers)).toEqual({ refusal: "token_expired" });
    clock.advance(-11 * 60_000);
  });
});
