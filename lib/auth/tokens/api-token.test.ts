import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { permits } from "@/lib/auth/permissions";
import { type Actor, type Grant, ROLES } from "@/lib/core/actor";
import { boundGrants, coversGrant, grantsOfScope } from "./bounded-grants";
import { isToken, newToken } from "./token-text";

describe("a token's text", () => {
  it("has a prefix and a checksum, so that one altered character is found without asking anybody", () => {
    fc.assert(
      fc.property(fc.nat({ max: 37 }), fc.nat({ max: 61 }), (place, shift) => {
        const token = newToken();
        expect(token).toMatch(/^goldsmith_[0-9A-Za-z]{38}$/);
        expect(isToken(token)).toBe(true);
        const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        const at = "goldsmith_".length + place;
        const other = ALPHABET[(ALPHABET.indexOf(token[at] ?? "") + 1 + (shift % 61)) % 62];
        expect(isToken(`${token.slice(0, at)}${other}${token.slice(at + 1)}`)).toBe(false);
      }),
    );
  });

  it("is never the same twice", () => {
    const tokens = Array.from({ length: 1_000 }, newToken);
    expect(new Set(tokens).size).toBe(tokens.length);
  });

  it("is nothing else", () => {
    for (const text of [
      "",
      "goldsmith_",
      "Bearer x",
      ` ${newToken()}`,
      `${newToken()}\n`,
      newToken().toUpperCase(),
    ])
      expect(isToken(text)).toBe(false);
  });
});

const grants = fc.array(
  fc.record(
    {
      role: fc.constantFrom(...ROLES),
      target: fc.constantFrom("*", "prod", "test"),
      namePrefix: fc.constantFrom("", "w", "web", "web-", "Web_1", "db-"),
    },
    { requiredKeys: ["role", "target"] },
  ),
  { maxLength: 4 },
) as fc.Arbitrary<Grant[]>;
const questions = fc.record({
  action: fc.constantFrom("list-targets", "run-pipeline", "update-resource", "delete-resource"),
  target: fc.constantFrom("prod", "test", "elsewhere"),
  name: fc.constantFrom(undefined, "", "w", "web-1", "WEB 1x", "db-2", "other"),
} as const);
const actorWith = (given: Grant[]): Actor => ({ id: "x", name: "x", kind: "token", grants: given });

describe("what a token may do", () => {
  it("is exactly what it was made for and its maker may do", () => {
    fc.assert(
      fc.property(grants, grants, questions, (wanted, bounds, { action, target, name }) => {
        // Without a name any grant on the target is enough, and two grants may meet in no name.
        fc.pre(name !== undefined);
        const may = (given: Grant[]) => permits(actorWith(given), action, target, name);
        expect(may(boundGrants(wanted, bounds))).toBe(may(wanted) && may(bounds));
      }),
      { numRuns: 2_000 },
    );
  });

  it("never reaches further than its maker, with a name or without", () => {
    fc.assert(
      fc.property(grants, grants, questions, (wanted, bounds, { action, target, name }) => {
        const may = (given: Grant[]) => permits(actorWith(given), action, target, name);
        if (may(boundGrants(wanted, bounds))) expect([may(wanted), may(bounds)]).toEqual([true, true]);
      }),
      { numRuns: 2_000 },
    );
  });

  it("loses nothing where its maker covers it", () => {
    fc.assert(
      fc.property(grants, grants, questions, (wanted, bounds, { action, target, name }) => {
        fc.pre(wanted.every((grant) => coversGrant(bounds, grant)));
        const may = (given: Grant[]) => permits(actorWith(given), action, target, name);
        expect(may(boundGrants(wanted, bounds))).toBe(may(wanted));
      }),
    );
  });

  it("is one grant for each account and beginning of names", () => {
    expect(
      grantsOfScope({ role: "viewer", targets: ["a", "b"], namePrefixes: ["web-", "db-"] }),
    ).toHaveLength(4);
    expect(grantsOfScope({ role: "viewer", targets: ["*"], namePrefixes: [] })).toEqual([
      { role: "viewer", target: "*" },
    ]);
  });
});
