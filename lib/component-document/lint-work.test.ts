import { expect, it } from "vitest";
import { lintDocument } from "./lint-document";

/**
 * Documents are checked on the thread that answers everybody, up to the 16,000 characters that AWS takes: four times
 * the text may not be sixteen times the work.
 */
const SHORT = 4_000;
const LONG = 16_000;
const MOST_GROWTH = 9;
/** What is done before anybody could have noticed is not worth measuring: milliseconds. */
const UNNOTICED = 40;

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

/** The least of several tries, in milliseconds of the processor: other work of the machine counts for nothing. */
function costOf(text: string, tries: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let number = 0; number < tries; number++) {
    const before = process.cpuUsage();
    lintDocument(text);
    least = Math.min(least, process.cpuUsage(before).user / 1_000);
  }
  return least;
}

it("refuses no work and does about as much as a document is long, whatever is written over and over", () => {
  const slow = documents.flatMap(([what, make]) => {
    if (costOf(make(LONG), 3) < UNNOTICED) return [];
    const growth = costOf(make(LONG), 10) / costOf(make(SHORT), 10);
    return growth > MOST_GROWTH ? [`${what} ${growth.toFixed(1)}`] : [];
  });
  expect(slow).toEqual([]);
}, 300_000);
