import { Session } from "node:inspector";

type Coverage = { result: { url: string; functions: { ranges: { count: number }[] }[] }[] };

/**
 * How much work code does, the same on every machine: how often each block of it runs, and the characters that its
 * patterns and searches pass over. What a pattern does when it goes back is not counted: `every-pattern` sees to that.
 * Throws in a process that optimizes code, whose blocks are counted no longer: see `vitest.config.ts`.
 */
export function countWork(work: () => void): number {
  if (!process.execArgv.includes("--no-opt"))
    throw new Error("Work is counted in a process that optimizes nothing: name the test *-work.test.ts.");
  const session = new Session();
  session.connect();
  const scanned = countCharacters();
  try {
    session.post("Profiler.enable");
    session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
    work();
    let blocks = 0;
    session.post("Profiler.takePreciseCoverage", (_, taken) => {
      for (const { functions } of (taken as Coverage).result)
        for (const { ranges } of functions) for (const { count } of ranges) blocks += count;
    });
    return blocks + scanned.soFar();
  } finally {
    scanned.end();
    session.post("Profiler.stopPreciseCoverage");
    session.disconnect();
  }
}

/** Every way to match a pattern calls `exec` once that is replaced. */
function countCharacters() {
  let characters = 0;
  const { exec } = RegExp.prototype;
  const { indexOf, includes } = String.prototype;
  RegExp.prototype.exec = function (text) {
    const from = this.global || this.sticky ? this.lastIndex : 0;
    const found = exec.call(this, text);
    // What is tied to one place looks no further when it does not fit.
    const isHeld = this.sticky || (this.source.startsWith("^") && !this.multiline);
    characters += found ? found.index + found[0].length - from : isHeld ? 1 : text.length - from;
    return found;
  };
  String.prototype.indexOf = function (...asked) {
    const at = indexOf.apply(this, asked);
    characters += (at < 0 ? this.length : at) - (asked[1] ?? 0);
    return at;
  };
  String.prototype.includes = function (...asked) {
    return this.indexOf(...asked) >= 0;
  };
  return {
    soFar: () => characters,
    end: () => {
      Object.assign(RegExp.prototype, { exec });
      Object.assign(String.prototype, { indexOf, includes });
    },
  };
}
