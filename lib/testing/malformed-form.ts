import { describe, expect, it } from "vitest";
import type { z } from "zod";
import type { Json, JsonObject } from "@/lib/definitions/types";
import { withoutEmpty } from "@/lib/definitions/without-empty";

export const TEN_MEGABYTES = "a".repeat(10 * 1024 * 1024);
export const SCRIPT = "<script>alert(1)</script>";
export const UNICODE = "naïve ☃ 名前";
export const long = (length: number) => "x".repeat(length);
export const tags = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`key-${at}`, "x"]));
export const texts = (count: number, text: string) => Array.from({ length: count }, () => text);

/** What is wrong, where it is typed, and where it is said when that is another place. */
export type Malformed = [why: string, path: string, value: Json | undefined, saidAt?: string];

/** For what every form has. */
export const MALFORMED_NAMES: Malformed[] = [
  ["no name", "name", ""],
  ["a name of 2 characters", "name", "ab"],
  ["a name of 129 characters", "name", long(129)],
  ["10 MB as a name", "name", TEN_MEGABYTES],
  ["a script as a name", "name", SCRIPT],
  ["other scripts in a name", "name", UNICODE],
  ["a name that begins with a space", "name", " web"],
  ["a description of 1,025 characters", "description", long(1025)],
  ["10 MB as a description", "description", TEN_MEGABYTES],
  ["500 tags", "tags", tags(500)],
  ["a tag key of AWS's own", "tags", { "aws:created": "x" }],
  ["a tag key of 129 characters", "tags", { [long(129)]: "x" }],
  ["a tag value of 10 MB", "tags", { team: TEN_MEGABYTES }],
];

/** Holds a form's schema to saying at its field, in words for people, what is wrong; and to at least 30 such things. */
export function describeMalformed(
  form: string,
  schema: z.ZodType,
  good: JsonObject,
  cases: Malformed[],
): void {
  describe(`the ${form} form`, () => {
    it("takes what is right, and has at least 30 ways to be wrong", () => {
      expect(schema.safeParse(withoutEmpty(good)).error).toBeUndefined();
      expect(cases.length).toBeGreaterThanOrEqual(30);
    });

    it.each(cases)("says at its field what is wrong with %s", (_why, path, value, saidAt = path) => {
      const typed = withValue(good, path.split("."), value) as JsonObject;
      const before = JSON.stringify(typed);
      const { error } = schema.safeParse(withoutEmpty(typed));
      const said = (error?.issues ?? []).filter((issue) => {
        const at = issue.path.join(".");
        // Tags are one field, whatever key of them is wrong.
        return at === saidAt || at.startsWith(`${saidAt}.`);
      });
      expect(said.length, `issues: ${error?.issues.map((issue) => issue.path.join("."))}`).toBeGreaterThan(0);
      for (const { message } of said) {
        expect(message, "a message for people").not.toMatch(/^(Invalid|Too |Expected|Required|Unrecognized)/);
        expect(message.length).toBeLessThan(250);
      }
      expect(JSON.stringify(typed) === before, "what was typed stays").toBe(true);
    });
  });
}

function withValue(
  target: Json | undefined,
  [first, ...rest]: string[],
  value: Json | undefined,
): Json | undefined {
  if (first === undefined) return value;
  if (/^\d+$/.test(first)) {
    const list = Array.isArray(target) ? [...target] : [];
    list[Number(first)] = withValue(list[Number(first)], rest, value) ?? null;
    return list;
  }
  const object = typeof target === "object" && target !== null && !Array.isArray(target) ? { ...target } : {};
  const changed = withValue(object[first], rest, value);
  if (changed === undefined) delete object[first];
  else object[first] = changed;
  return object;
}
