import { describe, expect, it } from "vitest";
import { type EncryptionFacts, judgeEncryption } from "./judge-encryption";

const FLAGS = [true, false, undefined];
const OWNERS = ["own", "aws", undefined] as const;
const RECIPES: EncryptionFacts["recipe"][] = [
  [],
  [{}],
  [{ encrypted: true }],
  [{ encrypted: true, keyOwner: "own" }],
  [{ encrypted: true, keyOwner: "aws" }],
];
const ALL = RECIPES.flatMap((recipe) =>
  FLAGS.flatMap((baseEncrypted) =>
    OWNERS.flatMap((baseKeyOwner) =>
      FLAGS.flatMap((regionEncrypts) =>
        OWNERS.map(
          (defaultKeyOwner): EncryptionFacts => ({
            recipe,
            baseEncrypted,
            baseKeyOwner,
            regionEncrypts,
            defaultKeyOwner,
          }),
        ),
      ),
    ),
  ),
);

describe("judgeEncryption", () => {
  it("says no only when everything was looked at and nothing encrypts", () => {
    for (const facts of ALL.filter((each) => judgeEncryption(each).state === "no")) {
      expect([facts.baseEncrypted, facts.regionEncrypts]).toEqual([false, false]);
      expect(facts.recipe.some(({ encrypted }) => encrypted)).toBe(false);
    }
  });

  it("never names the owner of a key that was not read", () => {
    for (const facts of ALL.filter(
      (each) => each.defaultKeyOwner === undefined && each.baseKeyOwner === undefined,
    )) {
      const isNamed = facts.recipe.some(({ keyOwner }) => keyOwner);
      if (!isNamed) expect(["no", "unknown"]).toContain(judgeEncryption(facts).state);
    }
  });

  it.each<[string, EncryptionFacts, string]>([
    ["the recipe's own key", { recipe: [{ encrypted: true, keyOwner: "own" }] }, "own-key"],
    ["AWS's key in the recipe", { recipe: [{ encrypted: true, keyOwner: "aws" }] }, "default-key"],
    ["the default key", { recipe: [{ encrypted: true }], defaultKeyOwner: "aws" }, "default-key"],
    ["a default key of one's own", { recipe: [{ encrypted: true }], defaultKeyOwner: "own" }, "own-key"],
    ["an encrypted base", { recipe: [], baseEncrypted: true, baseKeyOwner: "own" }, "own-key"],
    ["an encrypted base whose key is hidden", { recipe: [], baseEncrypted: true }, "unknown"],
    [
      "the Region's default",
      { recipe: [], baseEncrypted: false, regionEncrypts: true, defaultKeyOwner: "aws" },
      "default-key",
    ],
    ["nothing", { recipe: [], baseEncrypted: false, regionEncrypts: false }, "no"],
    ["a Region that was not asked", { recipe: [], baseEncrypted: false }, "unknown"],
    ["a base that was not read", { recipe: [], regionEncrypts: false }, "unknown"],
  ])("with %s", (_, facts, state) => {
    expect(judgeEncryption(facts).state).toBe(state);
  });
});
