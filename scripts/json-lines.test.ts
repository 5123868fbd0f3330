import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import fc from "fast-check";
import { expect, it } from "vitest";
import { projectRoot } from "./prepare-project.mjs";

type Line = { level: string; msg: string; from: string };

/** What a process writes that runs `script` with everything made lines of; `given` is at hand as a value. */
async function linesOf(script: string, given: unknown, before = ""): Promise<Line[]> {
  const code = `
    import { Worker } from "node:worker_threads";
    import { text } from "node:stream/consumers";
    import { writeJsonLines } from "./scripts/json-lines.mjs";
    const given = JSON.parse(await text(process.stdin));
    ${before}
    writeJsonLines();
    ${script}`;
  const options = ["--conditions=react-server", "--import", "tsx", "--input-type=module", "--eval", code];
  const child = spawn(process.execPath, options, {
    cwd: projectRoot,
    env: { ...process.env, GOLDSMITH_LOG_LEVEL: "trace" },
  });
  child.stdin.end(JSON.stringify(given));
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  expect(err).toBe("");
  const lines = out.split("\n");
  expect(lines.pop()).toBe("");
  return lines.map((line) => JSON.parse(line));
}

/** Any text, what moves a terminal and what ends lines included; the letter is what is left of the odd ones. */
const texts = [
  ...fc
    .sample(fc.string({ unit: "binary", maxLength: 200 }), { numRuns: 200, seed: 7 })
    .map((some) => `a${some}`),
  ...[
    "two\nlines\r\nand \u001b[31mred\u001b[0m",
    "\ud800 alone",
    "%s %d {}",
    '{"level":"info","msg":"forged"}',
  ],
  "x".repeat(100_000),
];

it.each([
  ["console.error(each)", "error"],
  ["console.warn(each)", "warn"],
  ["console.log(each)", "info"],
  ["process.stdout.write(each)", "info"],
  ["process.stderr.write(Buffer.from(each))", "error"],
])("one line of whatever is said by %s", async (statement, level) => {
  const lines = await linesOf(`for (const each of given) ${statement};`, texts);
  expect(lines).toHaveLength(texts.length);
  for (const line of lines) {
    expect(line).toMatchObject({ level, from: "console" });
    expect(line.msg.length).toBeLessThanOrEqual(8_192);
  }
  expect(lines.at(-5)?.msg).toBe("two\nlines\r\nand red");
});

it("one line of an error with its causes, of a warning of Node's and of what a worker says", async () => {
  const lines = await linesOf(
    `console.error("⨯", new Error("outer", { cause: new Error("inner") }), { a: 1 });
     process.emitWarning("old", "DeprecationWarning");
     const worker = new Worker("console.log('from a worker')", { eval: true });
     await new Promise((settle) => worker.on("exit", settle));`,
    null,
  );
  expect(lines.map(({ level }) => level)).toEqual(["error", "warn", "info"]);
  expect(lines[0]?.msg).toMatch(/outer[\s\S]+inner/);
  expect(lines[1]?.msg).toContain("DeprecationWarning: old");
  expect(lines[2]?.msg).toBe("from a worker");
});

it("goes through the console's log once that is there, at its level and with its request", async () => {
  const lines = await linesOf(
    `console.log("before");
     takeConsoleLines();
     enterRequest("r-1");
     console.error("two\\nlines");`,
    null,
    `const { takeConsoleLines } = await import("./lib/telemetry/console-lines.ts");
     const { enterRequest } = await import("./lib/core/current-request.ts");`,
  );
  expect(lines).toMatchObject([
    { level: "info", msg: "before" },
    { level: "error", msg: "two\nlines", from: "console", requestId: "r-1" },
  ]);
});
