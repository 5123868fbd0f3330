import { expect, test } from "vitest";
import { logEventsBetween, logUntil } from "./build-at";
import { bashDocument, scriptOf } from "./build-fixture";

const END = 1e12;
const ARN = "arn:aws:imagebuilder:us-east-1:111111111111:component/many/1.0.0/1";
const scriptFor = (commands: string) =>
  scriptOf({ components: [{ arn: ARN, document: bashDocument(commands) }] });

test("a component prints a million lines, each of which can be read by its place", () => {
  const { lines, length } = logUntil(scriptFor("echo before\nprint-lines 1000000\necho after"), END);
  expect(length).toBeGreaterThan(1_000_000);
  const first = lines.findIndex(({ message }) => message.startsWith("Stdout: 0000001/1000000 "));
  expect(lines[first - 1]?.message).toBe("Stdout: before");
  const last = lines.findLast(({ message }) => message.startsWith("Stdout: 1000000/1000000 "));
  const spanMs = (last?.offsetMs ?? 0) - (lines[first]?.offsetMs ?? 0);
  expect(spanMs).toBe(200_000);
  expect(lines[first + 1]?.message).toMatch(/^Stdout: 0000002\/1000000( [a-zA-Z-]+){6}$/);
});

test("lines come as fast as was asked for", () => {
  const script = scriptFor("print-lines 30000 200");
  const printed = logEventsBetween(script, -1, END).filter(({ message }) => message.includes("/30000 "));
  const [begin = { offsetMs: 0 }] = printed;
  const inTenSeconds = printed.filter(({ offsetMs }) => offsetMs < begin.offsetMs + 10_000);
  expect(printed).toHaveLength(30_000);
  expect(inTenSeconds).toHaveLength(2000);
});

test.each(["print-lines", "print-lines many", "print-lines 9000000"])(
  "%s is refused with its usage",
  (line) => {
    const messages = logEventsBetween(scriptFor(line), -1, END).map(({ message }) => message);
    expect(messages).toContain("CmdExecution: Stderr: usage: print-lines COUNT [LINES_A_SECOND]");
  },
);
