import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { authorize } from "@/lib/auth/authorize";
import { type Action, PERMISSIONS } from "@/lib/auth/permissions";
import { REQUESTED_PATH_HEADER } from "@/lib/core/request-facts";
import { HOUR_MS, MINUTE_MS } from "@/lib/core/time";
import { sessions as sessionRows, signInStates } from "@/lib/db/schema";
import { manualClock } from "@/lib/testing/manual-clock";
import { type OidcConsole, startOidcConsole } from "@/lib/testing/oidc-console";
import { deleteEnded } from "./session-rows";

const ana = { sub: "ana", email: "ana@example.com", email_verified: true, name: "Ana", groups: ["platform"] };

let running: OidcConsole;
let clock: ReturnType<typeof manualClock>;
const start = async (options: Parameters<typeof startOidcConsole>[0] = {}) => {
  clock = manualClock(Date.now());
  running = await startOidcConsole({ clock, ...options });
  running.provider.person = ana;
};
const signIn = async (sessions?: OidcConsole["sessions"]) => {
  const browser = running.newBrowser(sessions);
  const { identity } = await browser.signIn();
  if (!identity?.session) throw new Error("nobody was signed in");
  clock.advance(5_001);
  return { browser, identity, session: identity.session };
};
type SignedIn = Awaited<ReturnType<typeof signIn>>;
const isThere = async ({ browser }: Pick<SignedIn, "browser">, sessions = running.sessions) => {
  clock.advance(5_001);
  return (await sessions.find(browser.headers())) !== undefined;
};
/** Claims are as old as if the last answer was so long ago. */
const age = (minutes: number, groupsToo = false) => {
  const at = new Date(clock.now() - minutes * MINUTE_MS);
  return running.database.orm
    .update(sessionRows)
    .set({ claimsReadAt: at, claimsAskedAt: null, ...(groupsToo && { groupsReadAt: at }) });
};

describe("a session in which nobody does anything", () => {
  beforeAll(() => start({ offlineAccess: true, settings: { GOLDSMITH_IDLE_HOURS: "2" } }));
  afterAll(() => running.close());
  const ask = ({ browser }: SignedIn, path: string, more: Record<string, string> = {}) => {
    const headers = browser.headers();
    headers.set(REQUESTED_PATH_HEADER, path);
    for (const [name, value] of Object.entries(more)) headers.set(name, value);
    return running.sessions.find(headers);
  };

  it.each([
    ["polls", "/api/demo/pipelines", {}],
    ["what is fetched beforehand", "/demo/pipelines", { "next-router-prefetch": "1" }],
  ])("is nobody's after its time, however many %s there were", async (_, path, more) => {
    const signedIn = await signIn();
    for (let poll = 0; poll < 20; poll += 1) {
      clock.advance(HOUR_MS / 10 - 1_000);
      expect(await ask(signedIn, path, more)).toBeDefined();
    }
    clock.advance(20_000);
    expect(await ask(signedIn, path, more)).toBeUndefined();
    expect(await ask(signedIn, "/demo/pipelines")).toBeUndefined();
  });

  it("goes on while somebody opens pages, also between polls that are answered from memory", async () => {
    const signedIn = await signIn();
    for (let page = 0; page < 5; page += 1) {
      clock.advance(HOUR_MS);
      await ask(signedIn, "/api/demo/pipelines");
      await expect
        .poll(async () => {
          await ask(signedIn, "/demo/pipelines");
          const rows = await running.database.orm.select().from(sessionRows);
          const row = rows.find(({ id }) => id === signedIn.session.id);
          return clock.now() - (row?.seenAt.getTime() ?? 0);
        })
        .toBeLessThan(MINUTE_MS);
    }
    expect(await ask(signedIn, "/demo/pipelines")).toBeDefined();
  });

  it("is not listed any more, and nothing of it is kept", async () => {
    const signedIn = await signIn();
    clock.advance(2 * HOUR_MS + 1);
    expect(await running.sessions.list({ personId: signedIn.session.personId })).toEqual([]);
    await running.newBrowser().visitProvider();
    clock.advance(11 * MINUTE_MS);
    await expect
      .poll(async () => {
        clock.advance(11 * MINUTE_MS);
        await running.newBrowser().visitProvider();
        const rows = await running.database.orm.select().from(sessionRows);
        const states = await running.database.orm.select().from(signInStates);
        return rows.length === 0 && states.every(({ expiresAt }) => expiresAt.getTime() > clock.now());
      })
      .toBe(true);
  });
});

describe("groups", () => {
  const withRefresh: [string, boolean][] = [
    ["with a refresh token", true],
    ["with an access token only", false],
  ];
  const shapes: [string, string, (groups: string[] | undefined) => Record<string, unknown>][] = [
    ["in a claim", "groups", (groups) => (groups ? { groups } : {})],
    ["in a path", "groups.roles", (groups) => ({ groups: groups ? { roles: groups } : {} })],
    ["in one text", "groups", (groups) => (groups ? { groups: groups[0] } : {})],
  ];
  const left: [string, string[] | undefined][] = [
    ["an absent claim", undefined],
    ["an empty list", []],
  ];
  const cases = withRefresh.flatMap(([how, offlineAccess]) =>
    shapes.flatMap(([where, claim, write]) =>
      left.map(([what, none]) => ({ how, offlineAccess, where, claim, write, what, none })),
    ),
  );

  it.each(cases)(
    "refuses old ones: $how, $where, taken away by $what",
    async ({ offlineAccess, claim, write, none }) => {
      await start({ offlineAccess, settings: { GOLDSMITH_GROUPS_CLAIM: claim } });
      const { groups: _, ...person } = ana;
      running.provider.person = { ...person, ...write(["platform"]) };
      const { browser, identity } = await signIn();
      expect(identity.groups).toEqual(["platform"]);
      running.provider.person = { ...person, ...write(none) };
      // Also where a refresh brings no new ID token.
      for (const hasIdToken of [true, false]) {
        running.provider.rewrite.set("/token", ({ id_token, ...rest }) =>
          hasIdToken ? { ...rest, id_token } : rest,
        );
        await age(11);
        clock.advance(5_001);
        const found = await running.sessions.find(browser.headers());
        expect(found?.groups).toEqual([]);
        expect(found?.actor.grants).toEqual([]);
      }
      await running.close();
    },
  );

  it("refuses old ones of an ID token when the user info, which listed them too, no longer does", async () => {
    await start({ offlineAccess: true });
    const { groups, ...person } = ana;
    running.provider.forge = ({ claims, sign }) => sign({ ...claims, groups });
    const { browser } = await signIn();
    running.provider.person = person;
    running.provider.rewrite.set("/token", ({ id_token: _, ...rest }) => rest);
    await age(11);
    clock.advance(5_001);
    expect((await running.sessions.find(browser.headers()))?.groups).toEqual([]);
    await running.close();
  });

  it("of an ID token that nothing newer confirms are worthless after an hour: the person signs in anew", async () => {
    await start();
    const { groups, ...person } = ana;
    running.provider.person = person;
    running.provider.forge = ({ claims, sign }) => sign({ ...claims, groups });
    const signedIn = await signIn();
    expect(signedIn.identity.groups).toEqual(["platform"]);
    await age(11);
    expect((await running.sessions.find(signedIn.browser.headers()))?.groups).toEqual(["platform"]);
    await age(61, true);
    expect(await isThere(signedIn)).toBe(false);
    await running.close();
  });

  it("refuses an old verification beside a new address", async () => {
    await start({ settings: { GOLDSMITH_ALLOWED_DOMAINS: "example.com" } });
    const signedIn = await signIn();
    running.provider.person = { ...ana, email: "boss@example.com", email_verified: undefined };
    await age(11);
    expect(await isThere(signedIn)).toBe(false);
    await running.close();
  });
});

describe("a provider that does not answer", () => {
  beforeAll(() => start());
  afterAll(() => running.close());
  beforeEach(() => {
    running.provider.isAway = false;
    running.provider.isSilent = false;
  });

  it.each([["isAway"], ["isSilent"]] as const)(
    "locks nobody out who is signed in, also at a replica that starts meanwhile: %s",
    async (how) => {
      const signedIn = await signIn();
      running.provider[how] = true;
      for (const minutes of [0, 6, 11, 59]) {
        await age(minutes);
        expect(await isThere(signedIn, running.open())).toBe(true);
      }
      await age(61);
      await expect(isThere(signedIn, running.open())).rejects.toMatchObject({
        detail: { code: "unavailable" },
      });
      const { cookies, url } = await running.sessions
        .end(signedIn.browser.headers())
        .catch(() => ({ cookies: [], url: "" }));
      expect(url ?? "").toBe("");
      expect(cookies.length).toBeLessThan(2);
    },
    60_000,
  );
});

describe("secrets", () => {
  const [old, newest, other] = ["o", "n", "x"].map((letter) => letter.repeat(40)) as [string, string, string];
  beforeAll(() => start({ settings: { GOLDSMITH_SECRET: old } }));
  afterAll(() => running.close());

  it("can be changed with an overlap: the newest signs, older ones are still taken, a lost one is worthless", async () => {
    const before = await signIn();
    const both = running.open({ GOLDSMITH_SECRET: `${newest} ${old}` });
    expect(await isThere(before, both)).toBe(true);
    // Its tokens can still be used, too.
    await age(11);
    expect(await isThere(before, both)).toBe(true);
    const after = await signIn(both);
    expect(await isThere(after, running.open({ GOLDSMITH_SECRET: newest }))).toBe(true);
    expect(await isThere(after, running.open({ GOLDSMITH_SECRET: `${old},${newest}` }))).toBe(true);
    expect(await isThere(before, running.open({ GOLDSMITH_SECRET: newest }))).toBe(false);
    expect(await isThere(after, running.open({ GOLDSMITH_SECRET: old }))).toBe(false);
    expect(await isThere(after, running.open({ GOLDSMITH_SECRET: other }))).toBe(false);
  });
});

describe("tokens", () => {
  it.each([[true], [false]])(
    "are revoked at sign-out and when a session is ended (refresh token: %s)",
    async (offlineAccess) => {
      await start({ offlineAccess });
      const revocations = () =>
        running.provider.requests.filter((request) => request === "POST /token/revocation").length;
      const one = await signIn();
      await running.sessions.end(one.browser.headers());
      await expect.poll(revocations).toBe(1);
      const two = await signIn();
      expect(await running.sessions.revoke(two.session.id)).toBe(true);
      await expect.poll(revocations).toBe(2);
      expect(JSON.stringify(await running.database.orm.select().from(sessionRows))).toBe("[]");
      await running.close();
    },
  );
});

describe("tokens of sessions that end by age", () => {
  it.each([
    ["its whole time", 12.1 * HOUR_MS],
    ["its idle time", 8.1 * HOUR_MS],
  ])("are revoked at the provider, each once, after %s", async (_, age) => {
    await start({ offlineAccess: true });
    const revocations = () =>
      running.provider.requests.filter((request) => request === "POST /token/revocation").length;
    await signIn();
    await signIn();
    clock.advance(age);
    const gone: unknown[] = [];
    const { orm } = running.database;
    const deleting = () =>
      deleteEnded(orm, clock.now(), 8 * HOUR_MS, (rows) => {
        gone.push(...rows);
        running.sessions.revokeEnded(rows);
      });
    // As two replicas do at the same time.
    await Promise.all([deleting(), deleting()]);
    expect(gone).toHaveLength(2);
    await expect.poll(revocations).toBe(2);
    await running.close();
  });
});

describe("a fresh sign-in", () => {
  beforeAll(() => start());
  afterAll(() => running.close());
  const FRESH = (Object.keys(PERMISSIONS) as Action[]).filter((action) => "fresh" in PERMISSIONS[action]);
  const may = async (signedIn: Pick<SignedIn, "browser">, action: Action) => {
    const identity = await running.sessions.find(signedIn.browser.headers());
    if (!identity) throw new Error("nobody is signed in");
    const target = { id: "prod", label: "Prod" };
    return authorize(
      { actor: identity.actor, target, clock, audit: { record: async () => undefined } },
      action,
      "web",
    )
      .then(() => "may")
      .catch((error: { detail: { code: string } }) => error.detail.code);
  };

  it("is asked for before everything that deletes, stops, shares, lets others in, changes a lifecycle or sends elsewhere", () => {
    const expected = (Object.keys(PERMISSIONS) as Action[]).filter(
      (action) =>
        /^(delete|share|remove|deregister|disable|enable|stop)-|lifecycle-policy$|-state$|^(save-receiver|save-target|create-token|rotate-secret|begin-clean-up|run-clean-up-step)$/.test(
          action,
          // A view is the filters of a list.
        ) && !/^(preview|get|list)-|-view$/.test(action),
    );
    expect(FRESH.toSorted()).toEqual(expected.toSorted());
  });

  it("refuses nothing for some time after the person proved who they are, and then asks again", async () => {
    const signedIn = await signIn();
    for (const action of FRESH) expect(await may(signedIn, action), action).toBe("sign-in-again");
    expect(await may(signedIn, "update-resource")).toBe("may");

    const { browser } = signedIn;
    const { location, identity } = await browser.signIn("/prod/pipelines/web?tab=tags", "again");
    expect(location).toBe("/prod/pipelines/web?tab=tags");
    expect(identity?.actor.id).toBe(signedIn.identity.actor.id);
    for (const action of FRESH) expect(await may(signedIn, action), action).toBe("may");
    clock.advance(31 * MINUTE_MS);
    for (const action of FRESH) expect(await may(signedIn, action), action).toBe("sign-in-again");
    expect(await may(signedIn, "update-resource")).toBe("may");
  });

  it.each([
    ["does not say when it asked", { auth_time: undefined }],
    ["asked long ago", { auth_time: Math.floor(Date.now() / 1000) - 7200 }],
    ["says so in words", { auth_time: "now" }],
  ])("lets nobody in when the provider %s", async (_, claims) => {
    const browser = running.newBrowser();
    running.provider.forge = ({ claims: real, sign }) => sign({ ...real, ...claims });
    const { identity, refusal } = await browser.signIn("/", "again");
    running.provider.forge = undefined;
    expect(identity).toBeUndefined();
    expect(refusal).toBe("sign_in_not_fresh");
  });

  it("is asked of nobody where the setting says so", async () => {
    const sessions = running.open({ GOLDSMITH_FRESH_SIGN_IN_MINUTES: "0" });
    const { identity } = await signIn(sessions);
    expect(identity.actor.freshUntil).toBeUndefined();
  });
});

describe("two tabs of one browser", () => {
  beforeAll(() => start());
  afterAll(() => running.close());

  it("can both be at the provider, and come back in any order", async () => {
    for (const order of [
      [0, 1, 2],
      [2, 0, 1],
      [1, 2, 0],
    ]) {
      const browser = running.newBrowser();
      const addresses: string[] = [];
      for (const path of ["/prod", "/prod/images", "/prod/audit"])
        addresses.push(await browser.visitProvider(path));
      for (const tab of order) {
        const { identity, location, refusal } = await browser.comeBack(addresses[tab] ?? "");
        expect(identity, refusal).toBeDefined();
        expect(location).toBe(["/prod", "/prod/images", "/prod/audit"][tab]);
      }
    }
  });
});
