import { describe, expect, it } from "vitest";
import { listFiles } from "@/lib/testing/project-files";
import { refusalOf } from "./request-gate";

const ask = (method: string, headers: Record<string, string>, path = "/demo/pipelines") =>
  refusalOf({ method, path, headers: new Headers({ host: "goldsmith.example.com", ...headers }) })?.status;
const OWN = "https://goldsmith.example.com";

describe("the gate in front of every page, route and action", () => {
  it.each<[string, string, Record<string, string>]>([
    ["a click within the console", "GET", { "sec-fetch-site": "same-origin", "sec-fetch-mode": "navigate" }],
    ["an address that was typed", "GET", { "sec-fetch-site": "none", "sec-fetch-mode": "navigate" }],
    [
      "a link in a chat",
      "GET",
      { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" },
    ],
    ["a poll", "GET", { "sec-fetch-site": "same-origin", "sec-fetch-mode": "cors" }],
    ["curl, Prometheus, a load balancer's check", "GET", {}],
    ["an action", "POST", { "sec-fetch-site": "same-origin", origin: OWN }],
    ["an action of a browser that only knows Origin", "POST", { origin: OWN }],
  ])("lets through %s", (_, method, headers) => {
    expect(ask(method, headers)).toBeUndefined();
  });

  it.each<[string, string, Record<string, string>]>([
    ["an action of another site", "POST", { "sec-fetch-site": "cross-site", origin: "https://evil.example" }],
    [
      "an action of a sibling domain",
      "POST",
      { "sec-fetch-site": "same-site", origin: "https://a.example.com" },
    ],
    ["an action with only a foreign Origin", "POST", { origin: "https://evil.example" }],
    ["an action with the origin of a sandbox", "POST", { origin: "null" }],
    ["an action with an Origin that is no address", "POST", { origin: "goldsmith.example.com" }],
    ["an action on another port of this host", "POST", { origin: `${OWN}:8443` }],
    ["an action whose host only begins like ours", "POST", { origin: `${OWN}.evil.example` }],
    ["an action that says nothing about its page", "POST", {}],
    ["a form sent by the browser's own interface", "POST", { "sec-fetch-site": "none" }],
    ["DELETE and PUT alike", "DELETE", { "sec-fetch-site": "cross-site" }],
    ["data taken for a script", "GET", { "sec-fetch-site": "cross-site", "sec-fetch-dest": "script" }],
    [
      "a page in a frame",
      "GET",
      { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe" },
    ],
    ["data fetched by another site", "GET", { "sec-fetch-site": "cross-site", "sec-fetch-mode": "cors" }],
    ["data asked for with a foreign Origin", "GET", { origin: "https://evil.example" }],
  ])("refuses %s", (_, method, headers) => {
    expect(ask(method, headers)).toBe(403);
  });

  const LINK = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" };
  const routes = listFiles("app").flatMap((file) => {
    const route = /^app(.*)\/(?:page|route)\.tsx?$/.exec(file)?.[1];
    return route === undefined ? [] : [route.replaceAll(/\[[^\]]+\]/g, "x") || "/"];
  });
  const FOR_PROVIDERS = ["/api/auth/sign-in", "/api/auth/callback/oidc"];

  it.each(routes)(
    "lets another site's link to %s through only where it is a page or a way to sign in",
    (route) => {
      const isOpen = !route.startsWith("/api/") || FOR_PROVIDERS.includes(route);
      expect(ask("GET", LINK, `${route}?text=error`)).toBe(isOpen ? undefined : 403);
      expect(ask("GET", { ...LINK, "sec-fetch-site": "same-site" }, route)).toBe(isOpen ? undefined : 403);
      expect(ask("GET", { ...LINK, "sec-fetch-site": "same-origin" }, route)).toBeUndefined();
      expect(ask("GET", { ...LINK, "sec-fetch-site": "none" }, route)).toBeUndefined();
    },
  );

  it.each([
    "/API/demo/log-search",
    "/%61pi/demo/log-search",
    "//api/demo",
    "/api",
    "/api%2fdemo",
    "/api/auth/x/y",
  ])("refuses another site's link to %s, however it is spelt", (path) => {
    expect(ask("GET", LINK, path)).toBe(403);
  });

  it.each(["/demo/pipelines/%ff", "/demo/%E0%A4%A", "/demo/%", "/%zz"])("refuses the address %s", (path) => {
    expect(ask("GET", {}, path)).toBe(400);
  });

  it("lets through a percent sign in what was searched for", () => {
    expect(ask("GET", {}, "/demo/pipelines?q=100%")).toBeUndefined();
  });

  it("refuses what is too large before it is read", () => {
    expect(ask("POST", { "sec-fetch-site": "same-origin", "content-length": "1048577" })).toBe(413);
    expect(ask("GET", {}, `/${"a".repeat(5_000)}`)).toBe(414);
  });
});

describe("the place where a provider ends sessions", () => {
  const LOGOUT = "/api/auth/backchannel-logout";

  it("takes a provider's server, which is no page", () => {
    expect(ask("POST", {}, LOGOUT)).toBeUndefined();
  });

  it.each<[string, string, Record<string, string>, string]>([
    ["a page of another site", "POST", { origin: "https://evil.example" }, LOGOUT],
    ["a form of another site", "POST", { "sec-fetch-site": "cross-site" }, LOGOUT],
    ["another method", "PUT", { "sec-fetch-site": "cross-site" }, LOGOUT],
    ["an address that begins alike", "POST", {}, `${LOGOUT}/more`],
    ["an address that ends alike", "POST", {}, `/demo${LOGOUT}`],
    ["an address that names it in its query", "POST", {}, `/demo?x=${LOGOUT}`],
    ["too long a body", "POST", { "content-length": "2000000" }, LOGOUT],
  ])("refuses %s", (_, method, headers, path) => {
    expect(ask(method, headers, path)).toBeGreaterThanOrEqual(400);
  });
});

describe("the programs' door", () => {
  const RUNS = "/api/v1/targets/prod/pipelines/web/runs";

  it("takes a program, which has a token and no page", () => {
    expect(ask("POST", {}, RUNS)).toBeUndefined();
    expect(ask("GET", {}, RUNS)).toBeUndefined();
    expect(ask("POST", { authorization: "Bearer x", cookie: "anything=1" }, RUNS)).toBeUndefined();
  });

  it.each<[string, Record<string, string>]>([
    ["another site's page", { "sec-fetch-site": "cross-site", origin: "https://evil.example" }],
    ["a sibling domain's page", { "sec-fetch-site": "same-site", origin: "https://a.example.com" }],
    ["a page of an old browser", { origin: "https://evil.example" }],
    ["a sandboxed page", { origin: "null" }],
    ["a form sent by the browser's own interface", { "sec-fetch-site": "none" }],
  ])("takes nothing from %s", (_, headers) => {
    expect(ask("POST", headers, RUNS)).toBe(403);
  });

  it.each([
    ...["/api/v1", "/api/v1/", "/api/v1?x=/api/v1/x", "/api/v10/x", "/api/V1/x", "/API/v1/x", "//api/v1/x"],
    ...["/demo/api/v1/x", "/%61pi/v1/x", "/api%2fv1/x", "/api/demo/v1/x", "/demo?to=/api/v1/x"],
  ])("is not at %s: what a page could misuse is still asked for its page", (path) => {
    expect(ask("POST", {}, path)).toBe(403);
  });
});
