import fc from "fast-check";
import { expect, it } from "vitest";
import { WholeLogs } from "./whole-logs";

const MIB = 1024 * 1024;
const asked = fc.array(
  fc.record({
    log: fc.nat(5),
    person: fc.nat(3),
    mib: fc.integer({ min: 1, max: 120 }),
    isFinal: fc.boolean(),
    fails: fc.boolean(),
    turns: fc.nat(3),
  }),
  { minLength: 1, maxLength: 30 },
);
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

it("holds no more than it has room for, reads two at a time, shares copies, and gives all back", async () => {
  await fc.assert(
    fc.asyncProperty(asked, async (all) => {
      const room = new WholeLogs();
      let reading = 0;
      let most = 0;
      const outcomes = await Promise.allSettled(
        all.map(({ log, person, mib, isFinal, fails, turns }) =>
          room.use(
            { key: `${log}`, person: `${person}`, isFinal },
            async (hold) => {
              most = Math.max(most, ++reading);
              try {
                for (let piece = 1; piece <= 2; piece++) {
                  await turn();
                  hold((mib * MIB * piece) / 2);
                }
                if (fails) throw new Error("the log broke off");
                return { log };
              } finally {
                reading--;
              }
            },
            async (held) => {
              expect(held.log).toBe(log);
              expect(room.heldBytes).toBeLessThanOrEqual(192 * MIB);
              for (let waited = 0; waited < turns; waited++) await turn();
            },
          ),
        ),
      );
      expect(most).toBeLessThanOrEqual(2);
      expect(room.heldBytes).toBe(0);
      for (const each of outcomes) {
        if (each.status === "rejected" && each.reason.message !== "the log broke off")
          expect(each.reason.detail?.code).toBe("too-many-requests");
      }
    }),
    { numRuns: 200 },
  );
});

it("reads one log once for forty who ask at the same time", async () => {
  const room = new WholeLogs();
  let reads = 0;
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, person) =>
      room.use(
        { key: "a", person: `${person}`, isFinal: true },
        async (hold) => {
          reads++;
          await turn();
          hold(36 * MIB);
          return "log";
        },
        async (log) => {
          await turn();
          expect(room.heldBytes).toBe(36 * MIB);
          return log;
        },
      ),
    ),
  );
  expect([reads, answers.length, room.heldBytes]).toEqual([1, 40, 0]);
});

it("lets one person wait for so many logs and no more, and others pass them", async () => {
  const room = new WholeLogs();
  let letGo: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const order: string[] = [];
  const ask = (person: string, key: string) =>
    room.use(
      { key, person, isFinal: true },
      () => gate,
      () => void order.push(person),
    );
  const flood = Array.from({ length: 40 }, (_, at) => ask("flood", `${at}`));
  const other = ask("ana", "other");
  const all = Promise.allSettled([...flood, other]);
  letGo();
  const outcomes = await all;
  expect(outcomes.filter(({ status }) => status === "rejected").length).toBe(40 - 2 - 16);
  expect(outcomes.at(-1)?.status).toBe("fulfilled");
  expect(order.indexOf("ana")).toBeLessThan(6);
});
