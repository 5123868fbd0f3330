import { describe, expect, it } from "vitest";
import { returnPath } from "./return-path";

describe("returnPath", () => {
  it.each([
    "/",
    "/prod/pipelines",
    "/prod/pipelines?q=web&sort=name",
    "/prod/images/a/1.0.0/1",
    "/account",
    "/a%20b",
  ])("goes back to %s", (path) => {
    expect(returnPath(path)).toBe(path);
  });

  it("keeps what follows a hash out of the server's hands", () => {
    expect(returnPath("/prod#//evil.test")).toBe("/prod");
  });

  it.each([
    "https://evil.test",
    "http://evil.test/",
    "//evil.test",
    "///evil.test",
    "////evil.test",
    "/\\evil.test",
    "\\\\evil.test",
    "/\\/evil.test",
    "\\/evil.test",
    "/\t/evil.test",
    "/\n/evil.test",
    "/\r\n/evil.test",
    "\t//evil.test",
    " //evil.test",
    "/./\\evil.test",
    "/.//evil.test",
    "/..//evil.test",
    "/prod/..//evil.test",
    "/%2e%2e//evil.test",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,hello",
    "evil.test",
    "@evil.test",
    ":80/evil",
    "?to=//evil.test",
    "/prod\r\nset-cookie: a=b",
    "/prod\u0000",
    "/sign-in",
    "/sign-in?to=/sign-in",
    "/api/auth/sign-in",
    "/api/prod/pipelines",
    "/prod/../api/metrics",
    "/_next/static/x",
    `/${"a".repeat(2_001)}`,
    "",
    undefined,
    null,
    7,
    ["/prod", "//evil.test"],
    { toString: () => "//evil.test" },
  ])("goes home instead of to %j", (wanted) => {
    expect(returnPath(wanted)).toBe("/");
  });
});
