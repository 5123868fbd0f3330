import { expect, it } from "vitest";
import { manualClock } from "@/lib/testing/manual-clock";
import { SharedAnswers } from "./shared-answers";

/** Work that ends when the test says so, counted. */
function slowWork() {
  const pending: ((answer: string) => void)[] = [];
  const work = () => new Promise<string>((resolve) => pending.push(resolve));
  return { work, pending, end: (answer: string) => pending.shift()?.(answer) };
}

function open() {
  const clock = manualClock();
  const answers = new SharedAnswers(clock, 5);
  const { work, pending, end } = slowWork();
  return { clock, answers, pending, end, ask: () => answers.share("list", 1_000, work) };
}

it("while new work takes long the answer before is given, and the new one as soon as it is there", async () => {
  const { clock, pending, end, ask } = open();
  const first = ask();
  end("old");
  expect(await first).toBe("old");
  clock.advance(1_100);
  expect(await ask()).toBe("old");
  expect(await ask()).toBe("old");
  expect(pending).toHaveLength(1);
  end("new");
  expect(await ask()).toBe("new");
});

it("an answer older than fifteen seconds is not given: one waits for the new one", async () => {
  const { clock, end, ask } = open();
  const first = ask();
  end("old");
  await first;
  clock.advance(15_100);
  const second = ask();
  setTimeout(() => end("new"), 30);
  expect(await second).toBe("new");
});

it("after a write nothing from before is given, also when it ends afterwards", async () => {
  const { clock, answers, end, ask } = open();
  const first = ask();
  end("old");
  await first;
  clock.advance(1_100);
  const overtaken = ask();
  answers.forget();
  end("from before the write");
  await overtaken;
  const after = ask();
  setTimeout(() => end("after"), 30);
  expect(await after).toBe("after");
});

it("what goes wrong is told, at once or with the next question", async () => {
  const clock = manualClock();
  const answers = new SharedAnswers(clock, 5);
  await answers.share("list", 1_000, async () => "old");
  clock.advance(1_100);
  const refused = () => answers.share("list", 1_000, () => Promise.reject(new Error("refused")));
  await expect(refused()).rejects.toThrow("refused");
  await expect(refused()).rejects.toThrow("refused");
});
