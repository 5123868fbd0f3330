import "server-only";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Worker } from "node:worker_threads";
import { processSingleton } from "@/lib/core/process-singleton";

/** The pattern took longer than `PATTERN_DEADLINE_MS`, or came after too many that did. */
export const OUT_OF_TIME = "out-of-time";
/** The numbers of the texts that match. */
export type PatternAnswer = ReadonlySet<number> | typeof OUT_OF_TIME;

/** For one pattern over all texts of one build: a thousand times what the built-in ones take. */
const PATTERN_DEADLINE_MS = 1_000;
/** A file full of bad patterns holds up one answer, and those behind it, no longer than this many deadlines. */
const MOST_OUT_OF_TIME = 3;
/** So that one bad pattern does not hold up everybody. */
const WORKERS = 2;

/**
 * What a worker runs. It is text, because a file of its own would have to be found by each of the ways in which the
 * console is started: bundled, standalone, by tsx and in tests.
 */
const WORKER_SOURCE = `
const { parentPort } = require("node:worker_threads");
parentPort.on("message", ({ texts, patterns }) => {
  for (const pattern of patterns) {
    const expression = new RegExp(pattern, "i");
    parentPort.postMessage(texts.flatMap((text, number) => (expression.test(text) ? [number] : [])));
  }
});
`;

/**
 * Tries each pattern, without regard to case, on each text, in a worker: texts and patterns come from outside, and a
 * pattern that backtracks forever must not keep the process from answering. JavaScript's expressions cannot be
 * interrupted, so the worker is ended at the deadline, and another one continues with the next pattern.
 * @throws SyntaxError for a pattern that is no regular expression
 */
export function matchPatterns(texts: string[], patterns: string[]): Promise<PatternAnswer[]> {
  for (const pattern of patterns) new RegExp(pattern, "i");
  const workers = processSingleton("pattern-workers", () =>
    Array.from({ length: WORKERS }, () => new PatternWorker()),
  );
  const [freest] = workers.toSorted((a, b) => a.waiting - b.waiting);
  return freest?.answer(texts, patterns) ?? Promise.resolve([]);
}

/** One thread, started at its first use and again after it had to be ended. Questions wait for each other. */
class PatternWorker {
  waiting = 0;
  private thread: Worker | undefined;
  private last: Promise<unknown> = Promise.resolve();

  answer(texts: string[], patterns: string[]): Promise<PatternAnswer[]> {
    this.waiting++;
    const answer = this.last
      .then(() => this.ask(texts, patterns))
      .finally(() => {
        this.waiting--;
      });
    this.last = answer.catch(() => undefined);
    return answer;
  }

  private async ask(texts: string[], patterns: string[]): Promise<PatternAnswer[]> {
    const answers: PatternAnswer[] = [];
    for (let ended = 0; answers.length < patterns.length; ) {
      if (ended === MOST_OUT_OF_TIME) answers.push(OUT_OF_TIME);
      else if (!(await this.run(texts, patterns.slice(answers.length), answers))) {
        answers.push(OUT_OF_TIME);
        ended++;
      }
    }
    return answers;
  }

  /** Adds answers as they come. False when the next one did not come in time; the thread is gone then. */
  private async run(texts: string[], patterns: string[], answers: PatternAnswer[]): Promise<boolean> {
    const thread = this.thread ?? this.start();
    const wanted = answers.length + patterns.length;
    thread.ref();
    const isDone = await new Promise<boolean>((resolve) => {
      let deadline = setTimeout(() => undefined);
      const renew = () => {
        clearTimeout(deadline);
        const had = answers.length;
        deadline = setTimeout(async () => {
          // This thread may have been the late one: what has come meanwhile is heard first.
          await nextTurn();
          if (answers.length === had) resolve(false);
        }, PATTERN_DEADLINE_MS);
      };
      const onError = () => end(false);
      const end = (done: boolean) => {
        thread.off("error", onError);
        clearTimeout(deadline);
        resolve(done);
      };
      thread.on("message", (found: number[]) => {
        answers.push(new Set(found));
        if (answers.length === wanted) end(true);
        else renew();
      });
      // Out of memory, or whatever else ends a thread: that pattern's failure.
      thread.on("error", onError);
      renew();
      thread.postMessage({ texts, patterns });
    });
    thread.removeAllListeners("message");
    if (isDone) thread.unref();
    else {
      this.thread = undefined;
      await thread.terminate();
    }
    return isDone;
  }

  private start(): Worker {
    // Nothing of this process's environment is needed there, nor what it was started with.
    // A bundler takes the argument of a `new Worker` that it sees for the name of a file.
    const threads = process.getBuiltinModule("node:worker_threads");
    this.thread = new threads.Worker(WORKER_SOURCE, {
      eval: true,
      env: {},
      execArgv: [],
      name: "patterns",
      resourceLimits: { maxOldGenerationSizeMb: 128 },
    });
    // Heard where it is waited for; unheard it would end the process.
    this.thread.on("error", () => undefined);
    return this.thread;
  }
}
