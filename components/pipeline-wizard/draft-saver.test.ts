import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { DraftContent, PipelineDraft } from "@/lib/authoring/drafts/types";
import type { ActionResult } from "@/lib/core/failure";
import { DraftSaver } from "./draft-saver";

type Answer = ActionResult<{ revision: number }>;
type Sent = {
  revision: number;
  text: string;
  answer: (answer: Answer) => void;
  fail: (error: Error) => void;
};

/** The server's side of the saves: each waits here until the test answers it. */
let sent: Sent[];
let typed: string;
let saver: DraftSaver;
const draft = (change: Partial<PipelineDraft> = {}) =>
  ({
    id: "d",
    revision: 1,
    updatedAt: "2026-01-01T00:00:00Z",
    content: { text: "" },
    ...change,
  }) as unknown as PipelineDraft;
const textOf = (content: DraftContent) => (content as unknown as { text: string }).text;
const type = (text: string) => {
  typed = text;
  saver.type();
};
const pause = () => vi.advanceTimersByTimeAsync(700);
const answer = async (index: number, result: Answer) => {
  sent[index]?.answer(result);
  await vi.advanceTimersByTimeAsync(0);
};
const saved = (revision: number): Answer => ({ ok: true, value: { revision } });
const refused = (code: "conflict" | "throttled"): Answer =>
  ({ ok: false, error: { code, message: code } }) as Answer;
const states = () => saver.read().state.is;

beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  typed = "";
  saver = new DraftSaver(
    draft(),
    () => ({ text: typed }) as unknown as DraftContent,
    (revision, content) =>
      new Promise((resolve, reject) => {
        sent.push({ revision, text: textOf(content), answer: resolve, fail: reject });
      }),
  );
});
afterEach(() => {
  vi.useRealTimers();
});

describe("saving a draft", () => {
  it("waits for a pause in typing, and sends what is typed by then", async () => {
    for (const text of ["a", "ab", "abc"]) {
      type(text);
      await vi.advanceTimersByTimeAsync(699);
    }
    expect([sent.length, states()]).toEqual([0, "unsaved"]);
    await pause();
    expect(sent.map(({ revision, text }) => [revision, text])).toEqual([[1, "abc"]]);
    expect(textOf(saver.read().content)).toBe("abc");
    await answer(0, saved(2));
    expect([states(), saver.read().revision, saver.isUnsaved]).toEqual(["saved", 2, false]);
  });

  it("sends one at a time, each on the revision of the one before", async () => {
    type("a");
    await pause();
    type("ab");
    await pause();
    void saver.save();
    expect(sent).toHaveLength(1);
    await answer(0, saved(2));
    expect(sent.map(({ revision, text }) => [revision, text])).toEqual([
      [1, "a"],
      [2, "ab"],
    ]);
    await answer(1, saved(3));
    expect([sent.length, states(), saver.read().revision]).toEqual([2, "saved", 3]);
  });

  it("never says saved of what was typed while it saved", async () => {
    type("a");
    await pause();
    type("ab");
    await answer(0, saved(2));
    expect([states(), saver.isUnsaved]).toEqual(["unsaved", true]);
    await pause();
    await answer(1, saved(3));
    expect([states(), sent[1]?.text]).toEqual(["saved", "ab"]);
  });

  it("tells who asks for a save which revision it made, and saves nothing twice", async () => {
    type("a");
    const first = saver.save();
    const second = saver.save();
    await vi.advanceTimersByTimeAsync(0);
    await answer(0, saved(2));
    expect([await first, await second, sent.length]).toEqual([2, 2, 1]);
  });

  it("stops at a conflict for good: what is typed then overwrites nobody", async () => {
    type("a");
    await pause();
    await answer(0, refused("conflict"));
    expect([states(), saver.isUnsaved]).toEqual(["conflict", false]);
    type("ab");
    await pause();
    expect([await saver.save(), sent.length, states()]).toEqual([undefined, 1, "conflict"]);
    saver.close();
    await pause();
    expect(sent).toHaveLength(1);
  });

  it("keeps what could not be saved, and sends it with the next save", async () => {
    type("a");
    const save = saver.save();
    await vi.advanceTimersByTimeAsync(0);
    await answer(0, refused("throttled"));
    expect([await save, states(), saver.isUnsaved]).toEqual([undefined, "failed", true]);
    void saver.save();
    await vi.advanceTimersByTimeAsync(0);
    sent[1]?.fail(new Error("The network is down."));
    await vi.advanceTimersByTimeAsync(0);
    expect(saver.read().state).toEqual({ is: "failed", reason: "Error: The network is down." });
    void saver.save();
    await vi.advanceTimersByTimeAsync(0);
    await answer(2, saved(2));
    expect([states(), sent.map(({ revision }) => revision)]).toEqual(["saved", [1, 1, 1]]);
  });

  it("saves at once what was typed just before the wizard is left", async () => {
    type("a");
    saver.close();
    await vi.advanceTimersByTimeAsync(0);
    expect(sent.map(({ text }) => text)).toEqual(["a"]);
    await answer(0, saved(2));
    await pause();
    expect(sent).toHaveLength(1);
  });

  it("leaves nothing to save where nothing was typed", async () => {
    expect(await saver.save()).toBe(1);
    saver.close();
    await pause();
    expect(sent).toHaveLength(0);
  });

  it("saves no more once the draft is being created", async () => {
    saver.adopt(draft({ revision: 4, creation: {} as PipelineDraft["creation"] }));
    type("a");
    await pause();
    expect([await saver.save(), sent.length]).toEqual([4, 0]);
    saver.adopt(draft({ revision: 3 }));
    expect(saver.read().revision).toBe(4);
  });
});
