import { describe, expect, it } from "vitest";
import type { ResourceSummary } from "@/lib/definitions/types";
import { componentChoices, componentFilters } from "./component-choices";

const component = (
  name: string,
  platform: string,
  owner: string,
  supportedOs?: string[],
): ResourceSummary => ({
  kind: "component",
  arn: `arn:aws:imagebuilder:us-east-1:${owner === "Amazon" ? "aws" : owner}:component/${name}/1.0.0`,
  name,
  version: "1.0.0",
  platform,
  owner,
  supportedOs,
  tags: {},
});
const own = [component("ours", "Linux", "111111111111", ["Amazon Linux 2023"])];
const known = [
  ...own,
  component("update-linux", "Linux", "Amazon"),
  component("harden-ubuntu", "Linux", "Amazon", ["Ubuntu"]),
  component("update-windows", "Windows", "Amazon"),
  component("theirs", "Linux", "333333333333"),
];
const found = (platform: string, owner: string) =>
  componentChoices(known, own, { platform, owner }).map(({ label }) => label);

describe("the components that a recipe is offered", () => {
  it("are all of them, each once, while nothing is filtered", () => {
    expect(found("", "")).toHaveLength(known.length);
    const older = { ...component("update-linux", "Linux", "Amazon"), version: "0.9.0" };
    expect(componentChoices([...known, older], own, { platform: "", owner: "" })).toHaveLength(known.length);
  });

  it("are those of a platform, or of one OS of it with those that run on any", () => {
    expect(found("Windows", "")).toEqual(["update-windows"]);
    expect(found("Linux / Ubuntu", "")).toEqual(["update-linux", "harden-ubuntu", "theirs"]);
  });

  it("are those of an owner", () => {
    expect(found("", "yours")).toEqual(["ours"]);
    expect(found("Linux", "Amazon")).toEqual(["update-linux", "harden-ubuntu"]);
    expect(found("", "shared by 333333333333")).toEqual(["theirs"]);
  });

  it("can be filtered by what some of them have, and by nothing else", () => {
    expect(componentFilters(known, own)).toEqual({
      platforms: ["Linux", "Linux / Amazon Linux 2023", "Linux / Ubuntu", "Windows"],
      owners: ["Amazon", "shared by 333333333333", "yours"],
    });
  });
});
