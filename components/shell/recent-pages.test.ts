import { describe, expect, it } from "vitest";
import { readRecentPages, recentPageOf, rememberPage } from "./recent-pages";

function storage(): Storage {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
    clear: () => kept.clear(),
    key: () => null,
    length: 0,
  };
}

describe("recent pages", () => {
  it.each([
    ["/demo/pipelines/web", "web", "pipeline"],
    ["/demo/images/web", "web", "image"],
    ["/demo/images/web/1.0.0/7", "web 1.0.0/7", "build"],
    ["/demo/build-components/my%20tools", "my tools", "component"],
    ["/demo/recipes/image/web", "web", "image recipe"],
    ["/demo/recipes/container/app", "app", "container recipe"],
    ["/demo/infrastructure/small", "small", "infrastructure configuration"],
    ["/demo/lifecycle/old", "old", "lifecycle policy"],
  ])("%s is %s, %s", (path, label, detail) => {
    expect(recentPageOf("demo", path)).toEqual({ href: path, label, detail });
  });

  it.each([
    "/demo",
    "/demo/pipelines",
    "/demo/pipelines/new",
    "/demo/pipelines/new/0b7/recipe",
    "/demo/pipelines/web/edit",
    "/demo/images/web/1.0.0/7/compare",
    "/demo/recipes/image/new",
    "/demo/history",
    "/staging/pipelines/web",
    "/account",
    "/",
  ])("%s is no resource's page", (path) => expect(recentPageOf("demo", path)).toBeUndefined());

  it("are the latest six of a target, each once", () => {
    const kept = storage();
    for (const name of ["a", "b", "c", "d", "e", "f", "g", "a"])
      rememberPage("demo", `/demo/pipelines/${name}`, kept);
    rememberPage("demo", "/demo/history", kept);
    expect(readRecentPages("demo", kept).map(({ label }) => label)).toEqual(["a", "g", "f", "e", "d", "c"]);
    expect(readRecentPages("staging", kept)).toEqual([]);
  });

  it.each([
    "not JSON",
    "{}",
    "[1, null]",
    '["https://evil.example/demo/pipelines/x", "javascript:alert(1)"]',
  ])("ignore what something else has kept: %s", (text) => {
    const kept = storage();
    kept.setItem("goldsmith-recent demo", text);
    expect(readRecentPages("demo", kept)).toEqual([]);
  });
});
