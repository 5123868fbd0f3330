import { describe, expect, it } from "vitest";
import type { Actor, Grant } from "@/lib/core/actor";
import { isStillEntitled } from "./still-entitled";

const ana = (...grants: Grant[]): Actor => ({ id: "ana", name: "Ana", kind: "user", grants });
const before = ana({ role: "viewer", target: "prod" });
const ask = (now: Actor | undefined) =>
  isStillEntitled({ actor: before, targetId: "prod" }, async () => now && { actor: now });

describe("an open log", () => {
  it("goes on for whoever opened it, also with grants on other targets", async () => {
    expect(await ask(before)).toBe(true);
    expect(await ask(ana({ role: "viewer", target: "prod" }, { role: "admin", target: "lab" }))).toBe(true);
  });

  it.each<[string, Actor | undefined]>([
    ["signed out", undefined],
    ["left the group", ana()],
    ["keeps a part of the names", ana({ role: "viewer", target: "prod", namePrefix: "web-" })],
    ["keeps another target", ana({ role: "viewer", target: "lab" })],
    ["became somebody else in the same browser", { ...before, id: "eve" }],
  ])("refuses to go on for who %s", async (_, now) => {
    expect(await ask(now)).toBe(false);
  });

  it("goes on while nobody can tell", async () => {
    const away = async () => Promise.reject(new Error("the database is away"));
    expect(await isStillEntitled({ actor: before, targetId: "prod" }, away)).toBe(true);
  });
});
