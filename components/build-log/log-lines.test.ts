import { describe, expect, it } from "vitest";
import { LogLines } from "./log-lines";

const atOnce = () => new LogLines((tell) => tell());

describe("LogLines", () => {
  it("neither loses nor doubles a line when the log is read again from the start", () => {
    const log = atOnce();
    log.add({ firstLine: 0, times: [1, 2], text: "a\nb\n" });
    log.add({ firstLine: 0, times: [1, 2, 3], text: "a\nb\nc\n" });
    log.add({ firstLine: 1, times: [2], text: "b\n" });
    log.add({ firstLine: 3, times: [4], text: "\n" });
    expect(log.texts).toEqual(["a", "b", "c", ""]);
    expect(log.times).toEqual([1, 2, 3, 4]);
  });

  it("takes no line whose forerunners are missing", () => {
    const log = atOnce();
    log.add({ firstLine: 5, times: [1], text: "late\n" });
    expect(log.texts).toEqual([]);
  });

  it("tells its readers once for what comes between two frames", () => {
    const frames: (() => void)[] = [];
    const log = new LogLines((tell) => frames.push(tell));
    let told = 0;
    log.subscribe(() => {
      told += 1;
    });
    for (let line = 0; line < 100; line++) log.add({ firstLine: line, times: [line], text: "x\n" });
    for (const frame of frames) frame();
    expect({ told, version: log.getVersion() }).toEqual({ told: 1, version: 1 });
  });

  it("begins again after a reset", () => {
    const log = atOnce();
    log.add({ firstLine: 0, times: [1], text: "old\n" });
    log.reset();
    log.add({ firstLine: 0, times: [2], text: "new\n" });
    expect(log.texts).toEqual(["new"]);
  });
});
