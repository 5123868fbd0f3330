import type { Route } from "next";
import { describe, expect, it } from "vitest";
import type { SearchHit } from "@/lib/overview/search-types";
import { markedPieces, paletteGroups, readPaletteText } from "./palette-entries";

const target = { id: "prod", label: "Production", accountId: "111111111111", region: "us-east-1" };
const other = { id: "staging", label: "Staging", accountId: "222222222222", region: "eu-west-1" };
const key = { name: "web", version: "1.0.0", build: "7" };
const hits: SearchHit[] = [
  { kind: "pipeline", name: "web", detail: "web 1.0.0", status: "FAILED" },
  { kind: "ami", key, name: "ami-0123", detail: "web 1.0.0/7, us-east-1", status: "AVAILABLE" },
  { kind: "image-build", key, name: "web 1.0.0/7", detail: "2026-11-20T03:00:00Z", status: "AVAILABLE" },
  { kind: "resource", of: "component", name: "nginx-web", version: "1.0.1", detail: "component 1.0.1" },
];
const groupsOf = (text: string, found = hits) =>
  paletteGroups({ text, target, targets: [target, other], hits: found, recent: [] });
const titles = (text: string, found = hits) => groupsOf(text, found).map(({ title }) => title);

describe("the palette", () => {
  it.each([
    ["web", { scope: "everything", words: "web" }],
    ["  > run web ", { scope: "actions", words: "run web" }],
    ["#ami-0123", { scope: "builds", words: "ami-0123" }],
    ["@stag", { scope: "accounts", words: "stag" }],
    ["web #7", { scope: "everything", words: "web #7" }],
    ["", { scope: "everything", words: "" }],
  ])("reads %j", (text, wanted) => expect(readPaletteText(text)).toEqual(wanted));

  it("groups what is found, and offers to run each pipeline", () => {
    expect(titles("web")).toEqual(["Pipelines", "AMIs", "Builds", "Resources", "Actions"]);
    const actions = groupsOf("web").find(({ title }) => title === "Actions")?.entries ?? [];
    expect(actions.map(({ label }) => label)).toEqual(["Run web"]);
    expect(actions[0]).toMatchObject({
      detail: "starts a build in Production, asks first",
      deed: { does: "run", pipeline: "web" },
    });
  });

  it("shows what the prefix asks for and nothing else", () => {
    expect(titles("> web")).toEqual(["Actions"]);
    expect(titles("#web")).toEqual(["AMIs", "Builds"]);
    expect(titles("@sta")).toEqual(["Accounts"]);
    expect(groupsOf("@sta")[0]?.entries).toMatchObject([{ label: "Switch to Staging" }]);
    expect(titles("@nowhere")).toEqual([]);
  });

  it("has every page, action and account where nothing is typed, what was open lately first", () => {
    const recent = [{ href: "/prod/pipelines/web" as Route, label: "web", detail: "pipeline" }];
    const groups = paletteGroups({
      text: "",
      target,
      targets: [target, other],
      hits: [],
      recent,
    });
    expect(groups.map(({ title }) => title)).toEqual(["Recent", "Go to", "Actions", "Accounts"]);
    expect(groups[1]?.entries.length).toBeGreaterThan(15);
  });

  it("tells its lines apart", () => {
    const ids = groupsOf("").flatMap(({ entries }) => entries.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each([
    [
      "web-base",
      "web",
      [
        ["web", true],
        ["-base", false],
      ],
    ],
    [
      "nginx-WEB",
      "web",
      [
        ["nginx-", false],
        ["WEB", true],
      ],
    ],
    [
      "a.b",
      ".",
      [
        ["a", false],
        [".", true],
        ["b", false],
      ],
    ],
    ["web", "", [["web", false]]],
    ["x", "(", [["x", false]]],
  ])("marks in %j what %j matches", (label, words, wanted) => {
    expect(markedPieces(label, words).map(({ text, isMatch }) => [text, isMatch])).toEqual(wanted);
  });
});
