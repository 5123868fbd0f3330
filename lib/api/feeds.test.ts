import ICAL from "ical.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listActivity } from "@/lib/activity/list-activity";
import { listScheduledRuns } from "@/lib/activity/list-scheduled-runs";
import { revokeToken } from "@/lib/api-tokens/revoke-token";
import { newToken } from "@/lib/auth/tokens/token-text";
import { DAY_MS } from "@/lib/core/time";
import { runPipeline } from "@/lib/image-builder/pipelines/run-pipeline";
import { type ApiConsole, startApiConsole } from "@/lib/testing/api-console";
import { readXml } from "@/lib/testing/read-xml";
import { OPERATIONS } from "./operations/all-operations";

let api: ApiConsole;
beforeAll(async () => {
  api = await startApiConsole({ seed: "demo", accountId: "111111111111" });
  await runPipeline({ ctx: api.contextOf(), input: { name: "web-base" } });
}, 60_000);
afterAll(() => api.close());

const FEEDS = OPERATIONS.filter(({ mediaType }) => mediaType !== undefined);
const ATOM = "/targets/test/activity.atom";
const CALENDAR = "/targets/test/schedules.ics";
const addressOf = (path: string) =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) => (name === "target" ? "test" : "web-1"));
const makeKey = (scope = {}) => api.createToken({ kind: "feed", role: "admin", ...scope });

describe("feeds", { timeout: 60_000 }, () => {
  it("have what the page has, for who sends a token in the header", async () => {
    const { token } = await api.createToken({ role: "admin" });
    const response = await api.ask(ATOM, { token });
    expect(response.headers.get("content-type")).toBe("application/atom+xml; charset=utf-8");
    const feed = readXml(await response.text());
    const { entries } = await listActivity({ ctx: api.contextOf(), input: {} });
    expect(entries.length).toBeGreaterThan(0);
    const read = feed.children.filter(({ name }) => name === "entry");
    expect(read.map(({ children }) => children.find(({ name }) => name === "link")?.attributes.href)).toEqual(
      entries.map(({ href }) => `http://127.0.0.1:3000${href}`),
    );
    const only = await (await api.ask(`${ATOM}?kind=build&outcome=failed`, { token })).text();
    expect(only).not.toContain("urn:goldsmith:test:change-");
  });

  it("tell a calendar the next runs of every pipeline, each once", async () => {
    const { token } = await api.createToken({ role: "viewer" });
    const calendar = new ICAL.Component(ICAL.parse(await (await api.ask(CALENDAR, { token })).text()));
    const events = calendar.getAllSubcomponents("vevent").map((each) => new ICAL.Event(each));
    const runs = await listScheduledRuns({ ctx: api.contextOf() });
    expect(runs.length).toBeGreaterThan(0);
    expect(events.map(({ startDate }) => startDate.toJSDate().toISOString())).toEqual(
      runs.map(({ at }) => at),
    );
    expect(new Set(events.map(({ uid }) => uid)).size).toBe(events.length);
    const last = Date.parse(runs.at(-1)?.at ?? "");
    expect(last).toBeGreaterThan(api.clock.now());
    expect(last).toBeLessThan(api.clock.now() + 30 * DAY_MS);
    const { token: none } = await api.createToken({ role: "viewer", namePrefixes: ["none-"] });
    expect(await (await api.ask(CALENDAR, { token: none })).text()).not.toContain("VEVENT");
  });

  it("open to a feed key in their address, which stands in no answer", async () => {
    const { token: key } = await makeKey();
    expect(FEEDS.length).toBeGreaterThan(1);
    for (const { path } of FEEDS) {
      const response = await api.ask(`${addressOf(path)}?key=${key}`);
      const text = await response.text();
      expect(response.status, path).toBe(200);
      expect(text).not.toContain(key);
      expect(response.headers.get("referrer-policy")).toBe("no-referrer");
      const etag = response.headers.get("etag") ?? "";
      const again = await api.ask(`${addressOf(path)}?key=${key}`, { headers: { "if-none-match": etag } });
      expect([again.status, await again.text()], path).toEqual([304, ""]);
    }
  });

  it("are all that a feed key opens, wherever it is sent", async () => {
    const { token: key } = await makeKey();
    const others = OPERATIONS.filter(({ mediaType }) => mediaType === undefined);
    for (const { path, method, id } of others) {
      const asked = { method: method.toUpperCase(), ...(method === "post" && { body: {} }) };
      expect((await api.ask(`${addressOf(path)}?key=${key}`, asked)).status, id).toBe(401);
      expect((await api.ask(addressOf(path), { ...asked, token: key })).status, id).toBe(403);
    }
    const refused = (await api.auditRows()).filter(({ reason }) => reason === "A feed key reads feeds only.");
    expect(refused.map(({ action }) => action)).toEqual(others.map(({ action }) => action));
  });

  it("refuse every other token in an address, and a key that is made up, revoked or expired", async () => {
    const { token: key, id } = await makeKey({ days: 1 });
    const { token: revoked, id: other } = await makeKey();
    await revokeToken({ ctx: api.contextOf(), input: { id: other } });
    const person = await api.createToken({ role: "admin" });
    const service = await api.createToken({ role: "admin", kind: "service" });
    for (const each of [person.token, service.token, newToken(), revoked, "", "goldsmith_", `${key}0`]) {
      for (const { path } of FEEDS)
        expect((await api.ask(`${addressOf(path)}?key=${each}`)).status, path).toBe(401);
    }
    // A header that is there is the one that counts.
    const both = await api.ask(`${ATOM}?key=${key}`, { token: newToken() });
    expect(both.status).toBe(401);
    api.clock.advance(DAY_MS);
    expect((await api.ask(`${ATOM}?key=${key}`)).status).toBe(401);
    const made = (await api.auditRows()).filter(({ action }) => action === "create-token");
    expect(JSON.stringify(made)).toContain(id);
    expect(JSON.stringify(made)).not.toContain(key);
  });

  it("say no more than the key's role and names allow, and name the key where it is refused", async () => {
    const { token: viewer } = await makeKey({ role: "viewer" });
    const text = await (await api.ask(`${ATOM}?key=${viewer}`)).text();
    expect(text).not.toContain(":change-");
    expect(text).toContain("so changes are left out");
    const { token: elsewhere } = await makeKey({ name: "mine", targets: ["test"], namePrefixes: ["none-"] });
    expect(await (await api.ask(`${ATOM}?key=${elsewhere}`)).text()).not.toContain("<entry>");
  });
});
