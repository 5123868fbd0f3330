import { describe, expect, it } from "vitest";
import { foldsBeside } from "./fold-other-steps";

const step = (name: string, indent = "      ") =>
  `${indent}- name: ${name}\n${indent}  action: ExecuteBash\n${indent}  inputs:\n${indent}    commands:\n${indent}      - echo ${name}\n`;
const DOCUMENT = `schemaVersion: 1.0
phases:
  - name: build
    steps:
${step("First")}
${step("Second")}${step("Third")}  - name: validate
    steps:
${step("Check")}`;

const unfolded = (text: string, name: string) =>
  foldsBeside(text, name)
    .toSorted(([a], [b]) => b - a)
    .reduce((left, [from, to]) => left.slice(0, from) + left.slice(to), text);

describe("foldsBeside", () => {
  it.each(["First", "Second", "Third", "Check"])(
    "leaves %s whole and one line of every other step",
    (name) => {
      const left = unfolded(DOCUMENT, name);
      expect(left).toContain(step(name).trimEnd());
      for (const other of ["First", "Second", "Third", "Check"].filter((each) => each !== name)) {
        expect(left).toContain(`- name: ${other}`);
        expect(left).not.toContain(`echo ${other}`);
      }
      expect(left).toContain("  - name: validate\n    steps:");
    },
  );

  it("folds nothing of a document without that step, or of what is no document", () => {
    for (const text of [DOCUMENT, "", "{", "phases: [", "a: &a [*a]"])
      expect(foldsBeside(text, "Nobody"), text).toEqual([]);
  });

  it("never names a place outside of the text, whatever is cut off", () => {
    for (let end = 0; end <= DOCUMENT.length; end += 7) {
      const text = DOCUMENT.slice(0, end);
      for (const [from, to] of foldsBeside(text, "First")) {
        expect(from).toBeLessThan(to);
        expect(to).toBeLessThanOrEqual(text.length);
      }
    }
  });
});
