import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MINUTE_MS } from "@/lib/core/time";
import { type Database, openDatabase } from "@/lib/db/database";
import { sessions as sessionRows } from "@/lib/db/schema";
import { type Glewlwyd, needsGlewlwyd, startGlewlwyd } from "@/lib/testing/glewlwyd";
import { manualClock } from "@/lib/testing/manual-clock";
import { CONSOLE_URL, consoleAt } from "@/lib/testing/oidc-console";
import { SignInBrowser } from "@/lib/testing/sign-in-browser";
import type { OidcSessions } from "./oidc-sessions";

const SECRET = "a-client-secret-of-the-tests-with-enough-characters";
const clock = manualClock(Date.now());

describe.skipIf(needsGlewlwyd)("Glewlwyd (needs Debian's glewlwyd and sqlite3)", () => {
  let provider: Glewlwyd;
  let database: Database;
  beforeAll(async () => {
    [provider, database] = await Promise.all([startGlewlwyd(), openDatabase({ kind: "memory" })]);
  }, 60_000);
  afterAll(async () => {
    await provider?.stop();
    await database?.close();
  });
  const open = async (id: string, methods: string[], more: Record<string, string> = {}) => {
    await provider.setClient({
      id,
      secret: SECRET,
      methods,
      redirectUri: `${CONSOLE_URL}/api/auth/callback/oidc`,
    });
    const sessions = consoleAt(provider.issuer, database, clock, {
      GOLDSMITH_OIDC_CLIENT_ID: id,
      GOLDSMITH_OIDC_CLIENT_SECRET: SECRET,
      GOLDSMITH_OIDC_SCOPES: "openid",
      ...more,
    });
    return { id, sessions };
  };
  const signIn = async ({ id, sessions }: { id: string; sessions: OidcSessions }, name = "ana") => {
    const browser = new SignInBrowser(sessions, CONSOLE_URL);
    const { url, cookies } = await sessions.start("/prod?q=é web", browser.headers());
    browser.keep(CONSOLE_URL, cookies);
    const address = await provider.visit(url, { name, clientId: id });
    return { browser, address, ...(await browser.comeBack(address)) };
  };

  it.each([["client_secret_basic"], ["client_secret_post"]])(
    "lets in a client that may use %s only",
    async (method) => {
      const place = await open(method.replaceAll("_", "-"), [method]);
      await provider.setPerson({
        name: "ana",
        fullName: "Ana Ñandú 山田 🌋",
        email: "ana@example.com",
        groups: ["platform", "web team/ops, eu"],
      });
      const { identity, location, address } = await signIn(place);
      expect(identity, address).toMatchObject({
        actor: { name: "Ana Ñandú 山田 🌋" },
        groups: ["platform", "web team/ops, eu"],
      });
      expect(location).toBe("/prod?q=%C3%A9%20web");
    },
  );

  it("refuses a wrong secret, and the page says so", async () => {
    const place = await open("wrong-secret", ["client_secret_basic"], {
      GOLDSMITH_OIDC_CLIENT_SECRET: "x".repeat(50),
    });
    const { identity, refusal } = await signIn(place);
    expect(identity).toBeUndefined();
    expect(["invalid_client", "unauthorized_client"]).toContain(refusal);
  });

  it("takes away the role of somebody who is taken out of all groups: its user info has no claim then", async () => {
    const place = await open("groups", ["client_secret_basic"]);
    await provider.setPerson({ name: "bob", email: "bob@example.com", groups: ["platform"] });
    const { browser, identity } = await signIn(place, "bob");
    expect(identity?.actor.grants).toHaveLength(1);
    await provider.setPerson({ name: "bob", email: "bob@example.com" });
    await database.orm
      .update(sessionRows)
      .set({ claimsReadAt: new Date(clock.now() - 11 * MINUTE_MS), claimsAskedAt: null });
    clock.advance(5_001);
    expect((await place.sessions.find(browser.headers()))?.actor.grants ?? []).toEqual([]);
  });

  it("is followed when it changes its key and its signature", async () => {
    const place = await open("rotation", ["client_secret_basic"]);
    await provider.setPerson({ name: "ana", email: "ana@example.com", groups: ["platform"] });
    expect((await signIn(place)).identity).toBeDefined();
    await provider.rotate({ type: "ecdsa", size: "256" });
    expect((await signIn(place)).identity).toBeDefined();
    await provider.rotate({ type: "rsa-pss", size: "256" });
    await expect
      .poll(async () => (await signIn(place)).identity, { timeout: 15_000, interval: 1_000 })
      .toBeDefined();
  }, 60_000);
});
