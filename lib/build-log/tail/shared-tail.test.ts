import { describe, expect, it } from "vitest";
import { failure, ScriptedLogSource } from "@/lib/testing/scripted-log-source";
import { TailViewer as Viewer } from "@/lib/testing/tail-viewer";
import type { LogRecord } from "./log-record";
import { SharedTail, type TailOptions } from "./shared-tail";
import { PollTurns } from "./tail-pace";

/** A tail whose waits take no time, but tell the test that they began. */
function openTail(
  source: ScriptedLogSource,
  onWait: (count: number) => void = () => undefined,
  more: Partial<TailOptions> = {},
) {
  let now = 10_000_000;
  let waiting = 0;
  const waits: number[] = [];
  const tail = new SharedTail({
    ...more,
    source,
    turns: new PollTurns(),
    now: () => now,
    random: () => 0.5,
    wait: async (ms, signal) => {
      waits.push(ms);
      now += ms;
      waiting++;
      await new Promise((resolve) => setImmediate(resolve));
      waiting--;
      if (!signal.aborted) onWait(waits.length);
    },
  });
  return { tail, waits, waitingNow: () => waiting };
}

const textOf = ({ events }: ScriptedLogSource) => events.map(({ message }) => `${message}\n`).join("");

describe("SharedTail", () => {
  it("gives each viewer every line once and in order, and ends after the build", async () => {
    const source = new ScriptedLogSource();
    source.write("one", "two\nof two lines");
    const { tail } = openTail(source, (count) => {
      if (count <= 5) source.write(`late ${count}`);
      if (count === 8) source.ended = true;
    });
    const viewers = await Promise.all([new Viewer().watch(tail), new Viewer().watch(tail)]);
    for (const viewer of viewers) {
      expect(viewer.text).toBe(textOf(source));
      expect(viewer.times.slice(0, 3)).toEqual([1000, 1001, 1001]);
      expect(viewer.states.at(-1)).toBe("ended");
      expect(viewer.resets).toBe(0);
    }
  });

  it("asks CloudWatch the same for five hundred viewers as for one", async () => {
    const reads = async (count: number) => {
      const source = new ScriptedLogSource();
      source.write("one");
      const { tail } = openTail(source, (wait) => {
        source.ended = wait >= 10;
      });
      await Promise.all(Array.from({ length: count }, () => new Viewer().watch(tail)));
      return source.reads;
    };
    expect(await reads(500)).toBe(await reads(1));
  });

  it("does not end at a token that repeats while the build runs, nor at an empty page", async () => {
    const source = new ScriptedLogSource();
    source.isEmptyPage = (read) => read % 3 === 0;
    const { tail } = openTail(source, (count) => {
      if (count === 20) source.write("after a long silence");
      if (count === 25) source.ended = true;
    });
    expect((await new Viewer().watch(tail)).text).toBe("after a long silence\n");
  });

  it("waits for lines that come after the end of the build", async () => {
    const source = new ScriptedLogSource();
    source.write("one");
    let endedAt = 0;
    const { tail } = openTail(source, (count) => {
      if (count === 2) {
        source.ended = true;
        endedAt = count;
      }
      if (endedAt > 0 && count === endedAt + 2) source.write("a late burst");
    });
    expect((await new Viewer().watch(tail)).text).toBe("one\na late burst\n");
  });

  it("tells viewers to begin again when an event came late and lies between others", async () => {
    const source = new ScriptedLogSource();
    source.write("one", "three");
    const { tail } = openTail(source, (count) => {
      if (count !== 3) return;
      source.events.splice(1, 0, { timestamp: 1_000, message: "two" });
      source.ended = true;
    });
    const viewer = await new Viewer().watch(tail);
    expect(viewer.text).toBe("one\ntwo\nthree\n");
    expect(viewer.resets).toBe(1);
  });

  it("goes on from a cursor in another process without losing or repeating a line", async () => {
    const source = new ScriptedLogSource();
    source.pageSize = 7;
    source.write(...Array.from({ length: 40 }, (_, index) => `line ${index}`));
    const viewer = await new Viewer().watch(openTail(source).tail, ({ times }) => times.length >= 14);
    source.pageSize = 11;
    source.ended = true;
    await viewer.watch(openTail(source).tail);
    expect(viewer.text).toBe(textOf(source));
    expect(viewer.resets).toBe(0);
  });

  it("begins again from the first line for a cursor of another log", async () => {
    const source = new ScriptedLogSource();
    source.write("one", "two");
    source.ended = true;
    const viewer = new Viewer();
    viewer.cursor = "2-abc";
    await viewer.watch(openTail(source).tail);
    expect([viewer.resets, viewer.text]).toEqual([1, "one\ntwo\n"]);
  });

  it("stops reading and leaves no wait behind when the last viewer goes", async () => {
    const source = new ScriptedLogSource();
    const { tail, waitingNow } = openTail(source);
    const viewers = [new Viewer(), new Viewer()];
    const watching = viewers.map((viewer) => viewer.watch(tail));
    while (source.reads < 5) await new Promise((resolve) => setImmediate(resolve));
    for (const viewer of viewers) viewer.leave();
    await Promise.all(watching);
    const readsThen = source.reads;
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect([source.reads - readsThen, waitingNow(), tail.isWatched]).toEqual([0, 0, false]);
  });

  it("goes on where it was for viewers who come back, without reading a page twice", async () => {
    const source = new ScriptedLogSource();
    source.write("one");
    const { tail } = openTail(source, (count) => {
      if (count === 30) source.ended = true;
    });
    for (let visit = 0; visit < 10; visit++) {
      source.write(`visit ${visit}`);
      await new Viewer().watch(tail, ({ text }) => text.endsWith(`visit ${visit}\n`));
    }
    expect((await new Viewer().watch(tail)).text).toBe(textOf(source));
  });

  it("gives a kept log without asking CloudWatch, and hands over a log to keep once", async () => {
    const source = new ScriptedLogSource();
    source.write("one", "two");
    source.ended = true;
    const complete: LogRecord[] = [];
    await new Viewer().watch(
      openTail(source, undefined, { onComplete: (record) => complete.push(record) }).tail,
    );
    expect(complete).toHaveLength(1);
    const readsThen = source.reads;
    const viewer = await new Viewer().watch(openTail(source, undefined, { kept: complete[0] }).tail);
    expect([viewer.text, viewer.states, source.reads - readsThen]).toEqual(["one\ntwo\n", ["ended"], 0]);
  });

  it.each([
    ["slowed-by-aws", "slowed"],
    ["access-denied", "denied"],
    ["unavailable", "interrupted"],
    ["not-found", "waiting"],
  ] as const)("says what is wrong while AWS answers %s, and goes on when it is over", async (code, phase) => {
    const source = new ScriptedLogSource();
    source.write("one");
    source.fail = (read) => {
      if (read <= 3) throw failure(code);
    };
    const { tail } = openTail(source, (count) => {
      if (count === 6) source.ended = true;
    });
    const { text, states } = await new Viewer().watch(tail);
    expect(text).toBe("one\n");
    expect([states[0], states.at(-1)]).toEqual(expect.arrayContaining(["ended"]));
    expect(states).toContain(phase);
  });

  it("says that there is no log when the build has ended without one", async () => {
    const source = new ScriptedLogSource();
    source.ended = true;
    source.fail = () => {
      throw failure("not-found");
    };
    expect((await new Viewer().watch(openTail(source).tail)).states.at(-1)).toBe("missing");
  });

  it("keeps the lines it has when the group is deleted meanwhile", async () => {
    const source = new ScriptedLogSource();
    source.write("one");
    source.fail = (read) => {
      if (read > 3) throw failure("not-found");
    };
    const { tail } = openTail(source, (count) => {
      source.ended = count > 4;
    });
    const { text, states } = await new Viewer().watch(tail);
    expect([text, states.at(-1)]).toEqual(["one\n", "ended"]);
  });

  it("reads again from the head when a token has grown too old, and nobody notices", async () => {
    const source = new ScriptedLogSource();
    source.write("one", "two");
    source.fail = (read) => {
      if (read === 4) throw failure("invalid", "The specified nextToken is invalid.");
    };
    const { tail } = openTail(source, (count) => {
      if (count === 3) source.write("three");
      source.ended = count > 6;
    });
    const viewer = await new Viewer().watch(tail);
    expect([viewer.text, viewer.resets]).toEqual(["one\ntwo\nthree\n", 0]);
  });

  it("loses, doubles and reorders nothing in 100,000 lines with throttles, outages and viewers that drop", async () => {
    let seed = 7;
    const random = () => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed / 2_147_483_648;
    };
    const source = new ScriptedLogSource();
    source.isEmptyPage = () => random() < 0.2;
    source.fail = () => {
      if (random() < 0.3) throw failure(random() < 0.5 ? "slowed-by-aws" : "unavailable");
    };
    const { tail } = openTail(source, () => {
      const count = Math.floor(random() * 6_000);
      source.write(...Array.from({ length: count }, (_, index) => `${source.events.length + index} 빌드`));
      source.ended = source.events.length > 100_000;
    });
    const viewers = Array.from({ length: 4 }, () => new Viewer());
    await Promise.all(
      viewers.map(async (viewer) => {
        for (let drop = 0; drop < 10; drop++) await viewer.watch(tail, () => random() < 0.05);
        await viewer.watch(tail);
      }),
    );
    for (const { text, resets } of viewers) expect([text === textOf(source), resets]).toEqual([true, 0]);
    // A machine that does other things too takes its time.
  }, 60_000);
});

describe("PollTurns", () => {
  it.each([
    [25, 4],
    [5, 2],
    [1, 0.5],
  ])("takes of %d calls a second that AWS allows no more than %d", (allowed, ours) => {
    const turns = new PollTurns();
    turns.keepWithin(allowed);
    for (let turn = 0; turn < 10; turn++) turns.take(0, 0);
    expect(turns.take(0, 0)).toBe(10_000 / ours);
  });

  it("keeps twenty streams to four polls a second in all", () => {
    const turns = new PollTurns();
    const at = Array.from({ length: 20 }, () => 0);
    let polls = 0;
    for (;;) {
      const now = Math.min(...at);
      if (now > 60_000) break;
      at[at.indexOf(now)] = now + turns.take(now, 350);
      polls++;
    }
    expect(polls).toBeLessThanOrEqual(4 * 60 + 40);
  });
});
