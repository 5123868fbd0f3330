import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestEngine, testEngines } from "@/lib/testing/test-databases";

describe.each(testEngines())("locks on $name", ({ start }) => {
  let engine: TestEngine;
  beforeAll(async () => {
    engine = await start();
  });
  afterAll(() => engine.stop());

  it("are one replica's at a time, and free for the others once it is gone", async () => {
    const [first, second] = await Promise.all([engine.open(), engine.open()]);
    const [one, other] = await Promise.all([first.openLocks(), second.openLocks()]);
    expect(await one.tryLock("history a")).toBe(true);
    expect(await one.tryLock("history a")).toBe(true);
    expect(await other.tryLock("history a")).toBe(false);
    expect(await other.tryLock("history b")).toBe(true);
    await one.check();

    await one.close();
    expect(await other.tryLock("history a")).toBe(true);
    await other.unlock("history a");
    const third = await first.openLocks();
    expect(await third.tryLock("history a")).toBe(true);
    await Promise.all([other.close(), third.close()]);
  });
});
