import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hostileJson, hostileText } from "@/lib/testing/hostile-json";
import {
  canonicalJson,
  canonicalText,
  LEFT_OUT,
  TOO_DEEP,
  wellFormedText,
  wholeJson,
} from "./canonical-text";

const BOUNDS = { depth: 5, members: 50, textBytes: 100, keyBytes: 20, bytes: 2_000 };
const bytesOf = (text: string) => Buffer.byteLength(text);

describe("canonicalText", () => {
  it("is well-formed, without NUL and within its bytes, whatever it is given", () => {
    fc.assert(
      fc.property(hostileText, fc.integer({ min: 3, max: 400 }), (text, maxBytes) => {
        const canonical = canonicalText(text, maxBytes);
        expect(canonical.isWellFormed()).toBe(true);
        expect(canonical).not.toContain("\0");
        expect(bytesOf(canonical)).toBeLessThanOrEqual(maxBytes);
        expect(canonicalText(canonical, maxBytes)).toBe(canonical);
      }),
    );
  });

  it("leaves text that is fine and fits as it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(canonicalText(text, bytesOf(text))).toBe(text);
      }),
    );
  });

  it("cuts between code points and says that it did", () => {
    expect(canonicalText("aaa😀", 6)).toBe("aaa…");
    expect(canonicalText("aaa😀", 7)).toBe("aaa😀");
  });

  it("keeps its length when it only replaces", () => {
    expect(wellFormedText("a\0b\ud800c")).toBe("a\ufffdb\ufffdc");
  });
});

/** Without backslashes that stand for themselves: what is left of `\\u` is an escape of JSON's. */
const unescaped = (json: string) => json.replaceAll("\\\\", "");

describe("canonicalJson", () => {
  it("comes back from JSON as it is, within its bounds, whatever it is given", () => {
    fc.assert(
      fc.property(hostileJson, (value) => {
        const canonical = canonicalJson(value, BOUNDS);
        if (canonical === undefined) return;
        const text = JSON.stringify(canonical);
        expect(JSON.parse(text)).toEqual(canonical);
        expect(unescaped(text)).not.toMatch(/\\u0000|\\ud[89a-f]/i);
        expect(bytesOf(text)).toBeLessThan(20_000);
        expect(canonicalJson(canonical, { ...BOUNDS, members: 200, depth: 8, bytes: 20_000 })).toEqual(
          canonical,
        );
      }),
    );
  });

  it("says what it left out", () => {
    expect(canonicalJson([[[[[["deep"]]]]]], BOUNDS)).toEqual([[[[[TOO_DEEP]]]]]);
    const many = canonicalJson(
      Array.from({ length: 53 }, () => 1),
      BOUNDS,
    ) as unknown[];
    expect(many.at(-1)).toBe(`${LEFT_OUT} 3`);
  });

  it("loses no member whose name becomes that of another", () => {
    expect(canonicalJson({ "a\ud800": 1, "a\ud801": 2 }, BOUNDS)).toEqual({ "a\ufffd": 1, "a\ufffd~2": 2 });
  });

  it("ends for a value that holds itself", () => {
    const loop: Record<string, unknown> = {};
    loop.self = loop;
    expect(JSON.stringify(canonicalJson(loop, BOUNDS))).toContain(TOO_DEEP);
  });
});

describe("wholeJson", () => {
  it("cuts nothing, and refuses what is nested beyond use in words", () => {
    const long = { text: "x".repeat(100_000), list: Array.from({ length: 10_000 }, (_, index) => index) };
    expect(wholeJson(long)).toEqual(long);
    let deep: unknown = 1;
    for (let level = 0; level < 5_000; level++) deep = [deep];
    expect(() => wholeJson(deep)).toThrow("more than 100 levels");
  });
});
