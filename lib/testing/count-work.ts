import { Session } from "node:inspector";
import { setFlagsFromString } from "node:v8";

// Code that V8 optimizes counts nothing.
for (const flag of ["--no-opt", "--no-maglev", "--no-use-osr"]) setFlagsFromString(flag);

/**
 * How often blocks of this project's code and of its packages are entered while `work` runs: the same for the same input on
 * every machine, however busy. What V8 does within one call, such as a regular expression, is one; those are held by
 * `every-pattern.test.ts`.
 */
export function countWork(work: () => void): number {
  const session = new Session();
  session.connect();
  try {
    session.post("Profiler.enable");
    session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
    work();
    let blocks = 0;
    session.post("Profiler.takePreciseCoverage", (error, answer) => {
      if (error) throw error;
      const ours = answer.result.filter(({ url }) => !/^node:|\/vitest\/|\/vite\//.test(url));
      for (const { functions } of ours)
        for (const { ranges } of functions) for (const { count } of ranges) blocks += count;
    });
    return blocks;
  } finally {
    session.post("Profiler.stopPreciseCoverage");
    session.disconnect();
  }
}
