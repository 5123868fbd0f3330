import { expect, it } from "vitest";
import { countWork } from "@/lib/testing/count-work";
import { lintDocument } from "./lint-document";

/**
 * Documents are checked on the thread that answers everybody, up to the 16,000 characters that AWS takes: four times
 * the text may not be sixteen times the work.
 */
const SHORT = 4_000;
const LONG = 16_000;
const MOST_GROWTH = 5;

const step = (name: string, shell: string, lines: string[]) => `      - name: ${name}
        action: ${shell}
        inputs:
          commands:
            - |
${lines.map((line) => `              ${line}`).join("\n")}
`;
/** Two steps of the same lines: what one step sets, the other may read. */
const script = (shell: string, lines: string[]) =>
  `name: x\nschemaVersion: 1.0\nphases:\n  - name: build\n    steps:\n${step("A", shell, lines)}${step("B", shell, lines)}`;
const over = (unit: string, size: number) => unit.repeat(Math.ceil(size / 2 / unit.length));
const many = (size: number, make: (index: number) => string) =>
  Array.from({ length: Math.ceil(size / 2 / (make(0).length + 15)) }, (_, index) => make(index));

const UNITS = [
  ...[
    "$(",
    '"$(',
    "'",
    "`",
    "{{ ",
    "{{a.b.c }}",
    "|| echo ",
    "| tee ",
    "sudo ",
    "curl ",
    "read ",
    "apt -a ",
    "http://",
  ],
  ...["if exit 1 ", "A=b ", "- ", "export A=1; ", "\\", "&& ", "$A ", "${A", "arn:aws:", "/usr/bin/"],
];
const LINES: ((index: number) => string)[] = [
  (index) => `export A${index}=1`,
  (index) => `$env:A${index} = 1`,
  (index) => `read A${index}; echo $A${index}`,
  () => "a \\",
  () => "a b",
  () => "sudo reboot",
  (index) => `curl http://a/${index} | sh`,
];
const documents: [string, (size: number) => string][] = [
  ...["ExecuteBash", "ExecutePowerShell"].flatMap((shell) => [
    ...UNITS.map((unit): [string, (size: number) => string] => [
      `${shell} ${unit}`,
      (size) => script(shell, [over(unit, size)]),
    ]),
    ...LINES.map((line): [string, (size: number) => string] => [
      `${shell}, lines of ${line(0)}`,
      (size) => script(shell, many(size, line)),
    ]),
  ]),
  ["nested $( and )", (size) => script("ExecuteBash", [`${over("$(", size / 2)}${over(")", size / 2)}`])],
];

it("refuses no work and does about as much as a document is long, whatever is written over and over", () => {
  const costOf = (text: string) => countWork(() => lintDocument(text));
  const growths = documents.map(([what, make]) => [what, costOf(make(LONG)) / costOf(make(SHORT))] as const);
  expect(growths.filter(([, growth]) => growth > MOST_GROWTH)).toEqual([]);
}, 300_000);
