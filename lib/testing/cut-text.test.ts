import fc from "fast-check";
import { expect, it } from "vitest";
import { lintDocument } from "@/lib/component-document/lint-document";
import { cutText } from "@/lib/core/canonical-text";
import { lintWorkflow } from "@/lib/workflow-document/lint-workflow";
import { findLines, listFiles } from "./project-files";

it("text is cut between code points, as late as it may be", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 60 }), fc.nat(70), (text, most) => {
      const cut = cutText(text, most);
      expect(text.startsWith(cut)).toBe(true);
      expect(cut.length).toBeLessThanOrEqual(most);
      expect(cut.length).toBeGreaterThanOrEqual(Math.min(text.length, most) - 1);
      expect(cut.isWellFormed()).toBe(text.isWellFormed());
    }),
  );
});

it("nothing cuts a text but cutText", () => {
  const sources = ["app", "components", "lib"]
    .flatMap(listFiles)
    .filter(
      (path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$|^lib\/testing\/|canonical-text\.ts$/.test(path),
    );
  // 10 is the day in a time; lists are cut by a number of their own, not by a length of text.
  const cuts =
    /\.(substring|substr)\(|\.slice\(0, ((?!10\))\d{2,}|[\w *]*(LENGTH|LINE|MAX_NAME|AGENT|CHARACTERS)\b)/;
  const allowed =
    /\.slice\(0, 2 \* MAX_NAME_LENGTH\)\]|\.digest\("hex"\)\.slice|\]\.slice\(0, \w+\)\.join\(""\)/;
  expect(findLines(sources, cuts).filter((line) => !allowed.test(line))).toEqual([]);
});

it("no finding about a document holds half a character, wherever its names are cut", () => {
  fc.assert(
    fc.property(fc.nat(150), fc.constantFrom("😀", "𝒳"), (before, pair) => {
      const name = "a".repeat(before) + pair.repeat(90);
      const component = `name: ${name}\nschemaVersion: 1.0\nphases:\n  - name: ${name}\n    steps:\n      - name: ${name}\n        action: ${name}\n        ${name}: x\n`;
      const workflow = `name: ${name}\nschemaVersion: 1.0\n${name}: x\nsteps:\n  - name: ${name}\n    action: ${name}\n    inputs:\n      ${name}: ${name}\n`;
      const messages = [...lintDocument(component), ...lintWorkflow(workflow, { type: "BUILD" })].map(
        ({ message }) => message,
      );
      expect(messages.length).toBeGreaterThan(0);
      expect(messages.filter((message) => !message.isWellFormed())).toEqual([]);
    }),
    { numRuns: 60 },
  );
});
