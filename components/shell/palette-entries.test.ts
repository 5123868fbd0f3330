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
    expect(titles("web")).toEqual(["Pipelines", "AMIs", "Builds", "Resources", "Inside images", "Actions"]);
    const actions = groupsOf("web").find(({ title }) => title === "Actions")?.entries ?? [];
    expect(actions.map(({ label }) => label)).toEqual(["Run web"]);
    expect(actions[0]).toMatchObject({
      detail: "starts a build in Production, asks first",
      deed: { does: "run", pipeline: "web" },
    });
  });

  it("shows what the prefix asks for and nothing else", () => {
    expect(titles("> web")).toEqual(["Actions"]);
    expect(titles("#web")).toEqual(["AMIs", "Builds", "Inside images"]);
    expect(titles("@sta")).toEqual(["Accounts"]);
    expect(groupsOf("@sta")[0]?.entries).toMatchObject([{ label: "Switch to Staging" }]);
    expect(titles("@nowhere")).toEqual([]);
  });

  it("puts what other accounts have below, with the account's name and its own page", () => {
    const elsewhere: SearchHit[] = [
      { ...(hits[0] as SearchHit), target: "prod" },
      { ...(hits[0] as SearchHit), target: "staging" },
      { ...(hits[2] as SearchHit), target: "staging" },
    ];
    const find = (text: string) =>
      paletteGroups({ text, target, targets: [target, other], hits, elsewhere, recent: [] }).find(
        ({ title }) => title === "Other accounts",
      )?.entries;
    expect(find("web")).toMatchObject([
      { label: "web", detail: "Staging, web 1.0.0", deed: { href: "/staging/pipelines/web" } },
      { label: "web 1.0.0/7", deed: { href: "/staging/images/web/1.0.0/7" } },
    ]);
    expect(find("#web")?.map(({ label }) => label)).toEqual(["web 1.0.0/7"]);
    expect(find("> web")).toBeUndefined();
  });

  it("is about all accounts on a page about all: no run and no create without an account", () => {
    const found = hits.map((hit) => ({ ...hit, target: "staging" }));
    const ofAll = (text: string) =>
      paletteGroups({ text, target, targets: [target, other], isAll: true, hits: found, recent: [] });
    expect(ofAll("web").map(({ title }) => title)).not.toContain("Actions");
    expect(ofAll("web")[0]?.entries[0]).toMatchObject({ deed: { href: "/staging/pipelines/web" } });
    const pages = ofAll("").find(({ title }) => title === "Go to")?.entries ?? [];
    for (const { deed } of pages)
      expect(deed).toMatchObject({ href: expect.stringMatching(/^\/all-accounts/) });
    expect(ofAll("@").flatMap(({ entries }) => entries.map(({ label }) => label))).toEqual([
      "Switch to Production",
      "Switch to Staging",
    ]);
  });

  it.each([
    ["CVE-2026-12345", "Images with CVE-2026-12345", "/all-accounts/builds?by=cve&q=CVE-2026-12345"],
    [
      "openssl 3.0.7",
      "Images with the package openssl 3.0.7",
      "/all-accounts/builds?by=package&q=openssl+3.0.7",
    ],
    ["ami-0123", undefined, undefined],
    ["no such thing", undefined, undefined],
  ])("offers to look inside of images for %j", (text, label, href) => {
    const of = (isAnswered: boolean) =>
      paletteGroups({ text, target, targets: [target, other], isAnswered, hits: [], recent: [] }).find(
        ({ title }) => title === "Inside images",
      )?.entries[0];
    expect(of(true)?.label).toBe(label);
    if (href) expect(of(true)?.deed).toMatchObject({ href });
    expect(of(false), "while the answer is on its way").toBeUndefined();
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

  it("has what somebody starred first, and once", () => {
    const favorites = [{ kind: "image-pipeline" as const, name: "web-base", label: "web-base" }];
    const groupsOf = (text: string, found: SearchHit[] = []) =>
      paletteGroups({ text, target, targets: [target], hits: found, recent: [], favorites });
    expect(groupsOf("")[0]).toMatchObject({ title: "Favorites", entries: [{ label: "web-base" }] });
    const hit = { kind: "pipeline", name: "web-base", detail: "pipeline" } as SearchHit;
    const found = groupsOf("web", [hit]);
    expect(found[0]?.title).toBe("Favorites");
    expect(found.flatMap(({ entries }) => entries).filter(({ label }) => label === "web-base")).toHaveLength(
      1,
    );
    expect(groupsOf("nothing like it").some(({ title }) => title === "Favorites")).toBe(false);
  });
});
