import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { MINUTE_MS } from "@/lib/core/time";
import { sessions as sessionRows } from "@/lib/db/schema";
import { isStillEntitled } from "@/lib/http/still-entitled";
import { manualClock } from "@/lib/testing/manual-clock";
import { CONSOLE_URL, type OidcConsole, startOidcConsole } from "@/lib/testing/oidc-console";
import { type TestEngine, testEngines } from "@/lib/testing/test-databases";

const COOKIE = "__Host-goldsmith.session_token";
const clock = manualClock(Date.now());

let running: OidcConsole;
beforeAll(async () => {
  running = await startOidcConsole({ clock });
});
afterAll(() => running.close());
beforeEach(() => {
  running.provider.person = { sub: "ana", email: "ana@example.com", name: "Ana", groups: ["platform"] };
  running.provider.isAway = false;
  running.provider.hasLockedOut = false;
});

const headersOf = (cookie: string) => new Headers({ cookie });
const sessionIdOf = async (headers: Headers) => (await running.sessions.find(headers))?.session?.id ?? "";

describe("an answer of the provider", () => {
  it("is good once: played again it lets nobody in", async () => {
    const browser = running.newBrowser();
    const address = await browser.visitProvider();
    const cookies = browser.headers();
    expect((await browser.comeBack(address)).identity).toBeDefined();
    const again = await running.sessions.finish(new Request(address, { headers: cookies }));
    expect(again.identity).toBeUndefined();
    expect(again.response.headers.get("location")).toBe("/sign-in?error=state_mismatch");
  });

  it("is good in the browser that asked: in another one it lets nobody in", async () => {
    const address = await running.newBrowser().visitProvider();
    const victim = running.newBrowser();
    await victim.visitProvider();
    const { identity, location } = await victim.comeBack(address);
    expect(identity).toBeUndefined();
    expect(location).toContain("error=state_mismatch");
    expect((await running.newBrowser().comeBack(address)).identity).toBeUndefined();
  });

  it.each([
    ["without a state", (url: URL) => url.searchParams.delete("state")],
    ["with an empty state", (url: URL) => url.searchParams.set("state", "")],
    ["with a made-up state", (url: URL) => url.searchParams.set("state", "x".repeat(32))],
    ["with two states", (url: URL) => url.searchParams.append("state", "x")],
    ["without a code", (url: URL) => url.searchParams.delete("code")],
    ["with a made-up code", (url: URL) => url.searchParams.set("code", "x".repeat(43))],
    ["from another issuer", (url: URL) => url.searchParams.set("iss", "https://evil.test")],
    ["with an error", (url: URL) => url.searchParams.set("error", "server_error")],
    [
      "of a provider nobody configured",
      (url: URL) => {
        url.pathname = "/api/auth/callback/github";
      },
    ],
  ])("lets nobody in %s", async (_, change) => {
    const browser = running.newBrowser();
    const url = new URL(await browser.visitProvider());
    change(url);
    const { identity, response } = await browser.comeBack(url.href);
    expect(identity).toBeUndefined();
    expect(response.headers.getSetCookie().join()).not.toContain("session_token=");
  });

  it("leads to a page of this console only, whatever was asked for", async () => {
    for (const wanted of ["https://evil.test", "//evil.test", "/\\evil.test", "/api/metrics"]) {
      expect((await running.newBrowser().signIn(wanted)).location).toBe("/");
    }
  });
});

describe("a session", () => {
  it("is a new one after each sign-in, so that a planted cookie stays worthless", async () => {
    const attacker = running.newBrowser();
    await attacker.signIn();
    const planted = attacker.consoleCookies().get(COOKIE) ?? "";
    const victim = running.newBrowser();
    victim.consoleCookies().set(COOKIE, planted);
    running.provider.person = { sub: "boss", email: "boss@example.com", groups: ["platform"] };
    await victim.signIn();
    expect(victim.consoleCookies().get(COOKIE)).not.toBe(planted);
    // What the browser had before ends with the new sign-in, whoever planted it.
    expect(await running.sessions.find(headersOf(`${COOKIE}=${planted}`))).toBeUndefined();
    expect((await running.sessions.find(victim.headers()))?.actor.id).toBe(`${running.provider.issuer}#boss`);
  });

  it("is nobody's with a cookie that was changed, made up or named otherwise", async () => {
    const browser = running.newBrowser();
    await browser.signIn();
    const value = browser.consoleCookies().get(COOKIE) ?? "";
    const [token, signature = ""] = decodeURIComponent(value).split(".");
    const cookies = [
      `${COOKIE}=${token}`,
      `${COOKIE}=${token}.`,
      `${COOKIE}=${token}.${encodeURIComponent(signature.replace(/^./, (first) => (first === "A" ? "B" : "A")))}`,
      `${COOKIE}=${token}x.${encodeURIComponent(signature)}`,
      `${COOKIE}=.${encodeURIComponent(signature)}`,
      `${COOKIE}=`,
      `${COOKIE}=null`,
      `${COOKIE}=%00`,
      `${COOKIE}=%E0%A4%A`,
      `${COOKIE}=${value}.${value}`,
      `goldsmith.session_token=${value}`,
      `__Secure-goldsmith.session_token=${value}`,
      `better-auth.session_token=${value}`,
      `__host-goldsmith.session_token=${value}`,
      `x${COOKIE}=${value}`,
    ];
    for (const cookie of cookies)
      expect(await running.sessions.find(headersOf(cookie)), cookie).toBeUndefined();
    expect(await running.sessions.find(headersOf(`a=b; ${COOKIE}=${value}`))).toBeDefined();
  });

  it("cannot be taken over through what is remembered of it: one cookie answers for itself alone", async () => {
    const browser = running.newBrowser();
    await browser.signIn();
    const value = browser.consoleCookies().get(COOKIE) ?? "";
    await running.sessions.find(headersOf(`${COOKIE}=planted; ${COOKIE}=${value}`));
    await running.sessions.find(headersOf(`goldsmith.session_token=planted; ${COOKIE}=${value}`));
    expect(await running.sessions.find(headersOf(`${COOKIE}=planted`))).toBeUndefined();
    expect(await running.sessions.find(headersOf("goldsmith.session_token=planted"))).toBeUndefined();
  });

  it("ends when it is revoked: at once here, within seconds on every replica", async () => {
    const browser = running.newBrowser();
    const { identity } = await browser.signIn();
    const replica = running.open();
    expect(await replica.find(browser.headers())).toBeDefined();
    expect(await running.sessions.revoke(identity?.session?.id ?? "")).toBe(true);
    expect(await running.sessions.find(browser.headers())).toBeUndefined();
    clock.advance(5_001);
    expect(await replica.find(browser.headers())).toBeUndefined();
  });

  it("refuses to go on with a log that was opened before it was revoked", async () => {
    const browser = running.newBrowser();
    const { identity } = await browser.signIn();
    if (!identity) throw new Error("nobody was signed in");
    const opened = { actor: identity.actor, targetId: "prod" };
    const mayGoOn = () => isStillEntitled(opened, () => running.sessions.find(browser.headers()));
    expect(await mayGoOn()).toBe(true);
    await running.sessions.revoke(identity.session?.id ?? "");
    expect(await mayGoOn()).toBe(false);
  });

  it("can be revoked by its owner only, where an owner is named", async () => {
    const browser = running.newBrowser();
    await browser.signIn();
    const id = await sessionIdOf(browser.headers());
    expect(await running.sessions.revoke(id, "somebody-else")).toBe(false);
    expect(await running.sessions.revoke("made-up")).toBe(false);
    expect(await running.sessions.find(browser.headers())).toBeDefined();
  });

  it("ends when its time is over", async () => {
    const browser = running.newBrowser();
    await browser.signIn();
    const id = await sessionIdOf(browser.headers());
    await running.database.orm
      .update(sessionRows)
      .set({ expiresAt: new Date(clock.now()) })
      .where(eq(sessionRows.id, id));
    clock.advance(5_001);
    expect(await running.sessions.find(browser.headers())).toBeUndefined();
  });

  it("ends at sign-out, and at the provider too where that is wanted", async () => {
    const browser = running.newBrowser(running.open({ GOLDSMITH_OIDC_SIGN_OUT: "provider" }));
    await browser.signIn();
    const sessions = running.open({ GOLDSMITH_OIDC_SIGN_OUT: "provider" });
    const kept = browser.headers();
    const { url, cookies } = await sessions.end(kept);
    expect(cookies.join()).toMatch(/session_token=;.*max-age=0/i);
    const asked = new URL(url ?? "");
    expect(asked.origin).toBe(running.provider.issuer);
    expect(asked.searchParams.get("id_token_hint")).toMatch(/^ey/);
    expect(asked.searchParams.get("post_logout_redirect_uri")).toBe(`${CONSOLE_URL}/sign-in`);
    expect(await sessions.find(kept)).toBeUndefined();

    const other = running.newBrowser();
    await other.signIn();
    expect((await running.sessions.end(other.headers())).url).toBeUndefined();
    expect(await running.sessions.find(other.headers())).toBeUndefined();
  });

  it("goes on for ten minutes while the database is away, and then says so", async () => {
    const other = await startOidcConsole({ clock });
    const browser = other.newBrowser();
    await browser.signIn();
    await other.sessions.find(browser.headers());
    await other.database.close();
    clock.advance(9 * MINUTE_MS);
    expect(await other.sessions.find(browser.headers())).toBeDefined();
    clock.advance(2 * MINUTE_MS);
    await expect(other.sessions.find(browser.headers())).rejects.toMatchObject({
      detail: { code: "unavailable" },
    });
    await other.provider.close();
    // It opens a database of its own, which takes seconds on a busy machine.
  }, 60_000);

  it("is asked of the database once in five seconds, however many polls there are", async () => {
    const browser = running.newBrowser();
    await browser.signIn();
    await running.sessions.find(browser.headers());
    await running.database.orm.delete(sessionRows);
    expect(await running.sessions.find(browser.headers())).toBeDefined();
    clock.advance(5_001);
    expect(await running.sessions.find(browser.headers())).toBeUndefined();
  });
});

describe("what the provider says later", () => {
  /** Claims are as old as if the last answer was so long ago. */
  const age = (minutes: number) =>
    running.database.orm
      .update(sessionRows)
      .set({ claimsReadAt: new Date(clock.now() - minutes * MINUTE_MS), claimsAskedAt: null });
  const signIn = async () => {
    const browser = running.newBrowser();
    await browser.signIn();
    clock.advance(5_001);
    return browser;
  };
  const groupsNow = async (browser: Awaited<ReturnType<typeof signIn>>) =>
    (await running.sessions.find(browser.headers()))?.groups;

  it("counts from the next minutes on: a group taken away takes its role", async () => {
    const browser = await signIn();
    running.provider.person = { sub: "ana", email: "ana@example.com", groups: ["guests"] };
    expect(await groupsNow(browser)).toEqual(["platform"]);
    await age(11);
    clock.advance(5_001);
    expect(await groupsNow(browser)).toEqual(["guests"]);
  });

  it("is asked beside the request first, so that nobody waits", async () => {
    const browser = await signIn();
    running.provider.person = { sub: "ana", email: "ana@example.com", groups: ["guests"] };
    await age(6);
    expect(await groupsNow(browser)).toEqual(["platform"]);
    await expect
      .poll(async () => {
        clock.advance(5_001);
        return groupsNow(browser);
      })
      .toEqual(["guests"]);
  });

  it("ends every session of somebody whom the provider no longer lets in", async () => {
    const [one, two] = [await signIn(), await signIn()];
    running.provider.hasLockedOut = true;
    await age(11);
    expect(await running.sessions.find(one.headers())).toBeUndefined();
    clock.advance(5_001);
    expect(await running.sessions.find(two.headers())).toBeUndefined();
  });

  it("is not another person's: an answer about somebody else ends the session", async () => {
    const browser = await signIn();
    await age(11);
    await running.database.orm.update(sessionRows).set({ claims: JSON.stringify({ sub: "somebody-else" }) });
    expect(await running.sessions.find(browser.headers())).toBeUndefined();
  });

  it("may be an hour old while the provider is away, and not older", async () => {
    const browser = await signIn();
    running.provider.isAway = true;
    await age(50);
    expect(await groupsNow(browser)).toEqual(["platform"]);
    await age(61);
    clock.advance(5_001);
    await expect(groupsNow(browser)).rejects.toMatchObject({ detail: { code: "unavailable" } });
    running.provider.isAway = false;
    clock.advance(31_000);
    expect(await groupsNow(browser)).toEqual(["platform"]);
  });

  it("is needed again once the access token has run out and there is no other", async () => {
    const browser = await signIn();
    await age(11);
    await running.database.orm.update(sessionRows).set({ accessTokenExpiresAt: new Date(clock.now() - 1) });
    expect(await running.sessions.find(browser.headers())).toBeUndefined();
  });
});

describe.each(testEngines())("sessions on $name", ({ start }) => {
  let engine: TestEngine;
  let other: OidcConsole;
  beforeAll(async () => {
    engine = await start();
    other = await startOidcConsole({ clock, database: await engine.open() });
    other.provider.person = { sub: "ana", email: "ana@example.com", name: "Ana", groups: ["platform"] };
  });
  afterAll(async () => {
    await other.close();
    await engine.stop();
  });

  it("begin, are listed with their browsers, and are revoked", async () => {
    const [one, two] = [other.newBrowser(), other.newBrowser()];
    const { identity } = await one.signIn();
    clock.advance(1);
    await two.signIn();
    const { id: currentId = "", personId = "" } = identity?.session ?? {};
    const listed = await other.sessions.list({ currentId, personId });
    expect(listed.map(({ actorId, isCurrent }) => [actorId, isCurrent])).toEqual([
      [`${other.provider.issuer}#ana`, false],
      [`${other.provider.issuer}#ana`, true],
    ]);
    expect(await other.sessions.list({ personId: "somebody-else" })).toEqual([]);
    expect(await other.sessions.revoke(currentId, personId)).toBe(true);
    expect(await other.sessions.find(one.headers())).toBeUndefined();
    expect(await other.sessions.find(two.headers())).toBeDefined();
  });

  it("are a person's own, however often they sign in", async () => {
    await other.newBrowser().signIn();
    const rows = await other.database.orm.select().from(sessionRows);
    expect(new Set(rows.map(({ person }) => person))).toEqual(new Set([`${other.provider.issuer}#ana`]));
  });
});

describe("a provider that is away", () => {
  it("is tried again at the next sign-in", async () => {
    running.provider.isAway = true;
    const replica = running.open();
    await expect(replica.start("/", new Headers())).rejects.toMatchObject({
      detail: { code: "unavailable" },
    });
    running.provider.isAway = false;
    expect((await running.newBrowser(replica).signIn()).identity).toBeDefined();
  });

  it("is said before anybody is sent there, also when it was there before", async () => {
    const replica = running.open();
    expect((await running.newBrowser(replica).signIn()).identity).toBeDefined();
    running.provider.isAway = true;
    await expect(replica.start("/", new Headers())).rejects.toMatchObject({
      detail: { code: "unavailable" },
    });
    running.provider.isAway = false;
  });

  it("is not one that calls itself otherwise", async () => {
    const other = running.open({
      GOLDSMITH_OIDC_ISSUER: running.provider.issuer.replace("127.0.0.1", "localhost"),
    });
    await expect(other.start("/", new Headers())).rejects.toMatchObject({ detail: { code: "unavailable" } });
  });
});

describe("a refresh token", () => {
  it("brings new claims, once however many replicas and requests there are", async () => {
    const withRefresh = await startOidcConsole({ clock, offlineAccess: true });
    withRefresh.provider.person = { sub: "ana", email: "ana@example.com", groups: ["platform"] };
    const browser = withRefresh.newBrowser();
    await browser.signIn();
    clock.advance(5_001);
    withRefresh.provider.person = { sub: "ana", email: "ana@example.com", groups: ["guests"] };
    await withRefresh.database.orm
      .update(sessionRows)
      .set({ claimsReadAt: new Date(clock.now() - 11 * MINUTE_MS), claimsAskedAt: null });
    withRefresh.provider.requests.length = 0;
    const replicas = [withRefresh.sessions, withRefresh.open(), withRefresh.open()];
    await Promise.all(
      replicas.flatMap((replica) => [replica.find(browser.headers()), replica.find(browser.headers())]),
    );
    expect(withRefresh.provider.requests.filter((request) => request === "POST /token")).toHaveLength(1);
    clock.advance(5_001);
    expect((await withRefresh.sessions.find(browser.headers()))?.groups).toEqual(["guests"]);

    withRefresh.provider.hasLockedOut = true;
    await withRefresh.database.orm
      .update(sessionRows)
      .set({ claimsReadAt: new Date(clock.now() - 11 * MINUTE_MS), claimsAskedAt: null });
    clock.advance(5_001);
    expect(await withRefresh.sessions.find(browser.headers())).toBeUndefined();
    await withRefresh.close();
  });
});
