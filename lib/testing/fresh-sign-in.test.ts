import { describe, expect, it } from "vitest";
import { PERMISSIONS } from "@/lib/auth/permissions";
import { listFiles, readText } from "./project-files";

const camelCase = (name: string) => name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
const fresh = Object.entries(PERMISSIONS).flatMap(([name, rule]) =>
  "fresh" in rule ? [`${camelCase(name)}Action`] : [],
);
/** Lifecycle policies are made and changed by the forms of all resources. */
const FORMS = ["createResourceAction", "updateResourceAction"];

const components = listFiles("components").filter((path) => /\.tsx?$/.test(path));
const callers = components.filter((path) =>
  [...fresh, ...FORMS].some((action) => new RegExp(`\\b${action}\\b`).test(readText(path))),
);

describe("what may ask for a fresh sign-in", () => {
  it("is called from somewhere", () => {
    expect(fresh.length).toBeGreaterThan(4);
    expect(callers.length).toBeGreaterThan(4);
  });

  it.each(callers)("is not refused as bare text in %s: the code leads to the sign-in", (path) => {
    // The message alone would lose the code; as a member beside it, it does not.
    expect(readText(path)).not.toMatch(/\(\s*result\??\.error\.message|refusal: result\.error\.message/);
  });

  it("is recognized by its code, never by its words", () => {
    const byWords = components.filter((path) => /includes\([^)]*sign.?in/i.test(readText(path)));
    expect(byWords).toEqual([]);
  });
});
