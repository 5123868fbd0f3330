import { describe, expect, it } from "vitest";
import { switchAddress } from "./switch-address";

describe("the same page in another account", () => {
  it.each([
    ["/demo", "/other"],
    ["/demo/pipelines", "/other/pipelines"],
    ["/demo/pipelines/web-base", "/other/pipelines/web-base"],
    ["/demo/pipelines/web%20base/edit", "/other/pipelines/web%20base"],
    ["/demo/pipelines/new", "/other/pipelines"],
    ["/demo/pipelines/new/5f0c/recipe", "/other/pipelines"],
    ["/demo/recipes", "/other/recipes"],
    ["/demo/recipes/image/web", "/other/recipes/image/web"],
    ["/demo/recipes/image/web/move", "/other/recipes/image/web"],
    ["/demo/recipes/container/new", "/other/recipes"],
    ["/demo/build-components/agent", "/other/build-components/agent"],
    ["/demo/build-components/import", "/other/build-components"],
    ["/demo/images/web", "/other/images/web"],
    ["/demo/images/web/1.0.0/3", "/other/images/web"],
    ["/demo/images/web/1.0.0/3/compare", "/other/images/web"],
    ["/demo/images/import", "/other/images"],
    ["/demo/builds", "/other/builds"],
    ["/demo/roll-outs/17", "/other/roll-outs"],
    ["/demo/settings", "/other/settings"],
    ["/all-accounts", "/other"],
    ["/all-accounts/pipelines", "/other/pipelines"],
  ])("of %s is %s", (from, to) => {
    expect(switchAddress(from, "other")).toBe(to);
  });

  it.each([
    ["/demo", "/all-accounts"],
    ["/demo/pipelines/web-base", "/all-accounts/pipelines"],
    ["/demo/images/web/1.0.0/3", "/all-accounts/images"],
    ["/demo/history", "/all-accounts/history"],
    ["/demo/recipes/image/web", "/all-accounts"],
    ["/demo/settings", "/all-accounts"],
  ])("of %s is %s where all are shown", (from, to) => {
    expect(switchAddress(from, "all-accounts")).toBe(to);
  });
});
