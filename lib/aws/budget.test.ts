import { describe, expect, it } from "vitest";
import { HOUR_MS } from "@/lib/core/time";
import { manualClock } from "@/lib/testing/manual-clock";
import { Budget } from "./budget";

const open = (limits = { ratePerSecond: 10, burst: 5 }) => {
  const clock = manualClock();
  return { clock, budget: new Budget(limits, clock) };
};
const takeInTurn = async (budget: Budget, count: number) => {
  for (let taken = 0; taken < count; taken++) await budget.take();
};

describe("Budget", () => {
  it("lets a burst pass at once and then keeps to its rate", async () => {
    const { clock, budget } = open();
    const startedAt = clock.now();
    await takeInTurn(budget, 5);
    expect(clock.now()).toBe(startedAt);
    await takeInTurn(budget, 20);
    expect(clock.now() - startedAt).toBe(2_000);
  });

  it("never lets more pass in any second than burst and rate together", async () => {
    const { clock, budget } = open();
    const sentAt: number[] = [];
    for (let sent = 0; sent < 60; sent++) {
      await budget.take();
      sentAt.push(clock.now());
      if (sent % 13 === 0) clock.advance(700);
    }
    for (const start of sentAt) {
      expect(sentAt.filter((at) => at >= start && at < start + 1_000).length).toBeLessThanOrEqual(15);
    }
  });

  it("fills up again while nothing is asked, but not over its burst", async () => {
    const { clock, budget } = open();
    await takeInTurn(budget, 5);
    clock.advance(HOUR_MS);
    await takeInTurn(budget, 5);
    expect(clock.waits).toEqual([]);
    await budget.take();
    expect(clock.waits).toEqual([100]);
  });

  it("halves its rate at a throttle, down to a sixteenth, and wins it back", async () => {
    const { clock, budget } = open();
    budget.throttled();
    await budget.take();
    expect(clock.waits.at(-1)).toBeGreaterThan(150);
    for (let again = 0; again < 10; again++) budget.throttled();
    await budget.take();
    expect(clock.waits.at(-1)).toBeLessThanOrEqual(1_700);
    clock.advance(600_000);
    await takeInTurn(budget, 6);
    expect(clock.waits.at(-1)).toBe(100);
  });

  it("has work in the background leave half of the burst to people, and take its turn in the end", async () => {
    const { clock, budget } = open({ ratePerSecond: 10, burst: 20 });
    for (let taken = 0; taken < 30; taken++) await budget.take({ background: true });
    const startedAt = clock.now();
    await takeInTurn(budget, 10);
    expect(clock.now(), "people find their half").toBe(startedAt);
    await takeInTurn(budget, 10);
    await budget.take({ background: true });
    expect(clock.now() - startedAt).toBeLessThanOrEqual(12_000);
  });

  it("lets a person's own call pass at once and takes its cost from the others", async () => {
    const { clock, budget } = open();
    await takeInTurn(budget, 5);
    await budget.take({ urgent: true });
    expect(clock.waits).toEqual([]);
    await budget.take();
    expect(clock.waits).toEqual([200]);
  });

  it("says that AWS is slow rather than let anyone wait for ever", async () => {
    const { budget } = open({ ratePerSecond: 1, burst: 1 });
    const waiting = Array.from({ length: 30 }, () => budget.take({ urgent: true }));
    await Promise.all(waiting);
    await expect(budget.take()).rejects.toMatchObject({ detail: { code: "slowed-by-aws" } });
  });

  it("answers within a minute after throttles have ended, the sooner the longer ago they were", async () => {
    const { clock, budget } = open({ ratePerSecond: 10, burst: 100 });
    for (let again = 0; again < 10; again++) budget.throttled();
    await takeInTurn(budget, 8);
    clock.advance(20_000);
    const startedAt = clock.now();
    await takeInTurn(budget, 20);
    expect(clock.now() - startedAt).toBeLessThan(10_000);
    clock.advance(40_000);
    const minuteLater = clock.now();
    await takeInTurn(budget, 20);
    expect(clock.now()).toBe(minuteLater);
  });

  it("goes on at its rate when the clock is set forward and back", async () => {
    const { clock, budget } = open();
    clock.advance(36 * HOUR_MS);
    await takeInTurn(budget, 5);
    budget.throttled();
    clock.advance(-36 * HOUR_MS);
    await budget.take();
    expect(clock.waits.at(-1)).toBeLessThanOrEqual(200);
    expect(budget.isSlowed()).toBe(false);
  });
});
