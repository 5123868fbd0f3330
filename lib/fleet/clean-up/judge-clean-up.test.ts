import fc from "fast-check";
import { expect, it } from "vitest";
import { judgeCleanUp } from "./judge-clean-up";
import type { CleanUpKind, Thing } from "./types";

/** From what names others to what is named. */
const KINDS: CleanUpKind[] = [
  "roll-out",
  "launch-template",
  "parameter",
  "ami",
  "snapshot",
  "image",
  "image-pipeline",
  "image-recipe",
  "distribution-configuration",
  "component",
];
const OUTSIDE = ["a group", "an instance", "another pipeline", "something outside your role"];

/** What a pipeline made, and any uses of it: by each other, in the order of the kinds, and by others. */
const account = fc
  .array(
    fc.record({
      kind: fc.nat({ max: KINDS.length - 1 }),
      users: fc.array(fc.nat(), { maxLength: 3 }),
      outside: fc.option(fc.constantFrom(...OUTSIDE), { freq: 4 }),
      stays: fc.option(fc.constantFrom("It is protected.", "It is public."), { freq: 8 }),
      notKnown: fc.option(fc.constant("AWS could not be asked."), { freq: 8 }),
    }),
    { minLength: 1, maxLength: 14 },
  )
  .map((rows) => {
    const sorted = rows.toSorted((a, b) => a.kind - b.kind);
    return sorted.map((row, index): Thing => {
      const earlier = sorted
        .map((other, place) => ({ kind: other.kind, place }))
        .filter(({ kind }) => kind < row.kind);
      const users = row.users.flatMap((at) => {
        const user = earlier[at % Math.max(earlier.length, 1)];
        return user ? [{ id: `thing ${user.place}`, text: `thing ${user.place}` }] : [];
      });
      return {
        id: `thing ${index}`,
        kind: KINDS[row.kind] ?? "ami",
        name: `thing ${index}`,
        what: "Deleted.",
        usedBy: [...users, ...(row.outside ? [{ text: row.outside }] : [])],
        stays: row.stays ? [row.stays] : [],
        notKnown: row.notKnown ? [row.notKnown] : [],
      };
    });
  });

/** What AWS would then still have: a use by what is gone is none. */
const without = (things: Thing[], gone: ReadonlySet<string>): Thing[] =>
  things
    .filter(({ id }) => !gone.has(id))
    .map((thing) => ({
      ...thing,
      usedBy: thing.usedBy.filter(({ id }) => id === undefined || !gone.has(id)),
    }));

it("removes nothing that is used or not known, at any moment", () => {
  fc.assert(
    fc.property(account, (things) => {
      const { goes } = judgeCleanUp(things);
      const gone = new Set<string>();
      for (const { id } of goes) {
        const thing = things.find((one) => one.id === id);
        expect([thing?.stays, thing?.notKnown]).toEqual([[], []]);
        const users = thing?.usedBy.filter((use) => use.id === undefined || !gone.has(use.id));
        expect(users).toEqual([]);
        gone.add(id);
      }
    }),
  );
});

it("says of everything whether it goes or why it stays", () => {
  fc.assert(
    fc.property(account, (things) => {
      const { goes, stays } = judgeCleanUp(things);
      const all = [...goes, ...stays].map(({ id }) => id);
      expect(all.toSorted()).toEqual(things.map(({ id }) => id).toSorted());
      expect(stays.filter(({ why }) => why.length === 0)).toEqual([]);
      for (const { id, isNotKnown } of stays.filter((one) => one.isNotKnown)) {
        const thing = things.find((one) => one.id === id);
        expect([isNotKnown, thing?.stays, thing?.notKnown.length]).toEqual([true, [], 1]);
      }
    }),
  );
});

it("comes to the same end wherever it is broken off", () => {
  fc.assert(
    fc.property(account, fc.nat(), (things, at) => {
      const whole = judgeCleanUp(things);
      const done = new Set(whole.goes.slice(0, at % (whole.goes.length + 1)).map(({ id }) => id));
      const rest = judgeCleanUp(without(things, done));
      expect(rest.goes.map(({ id }) => id)).toEqual(
        whole.goes.map(({ id }) => id).filter((id) => !done.has(id)),
      );
      expect(rest.stays.map(({ id }) => id)).toEqual(whole.stays.map(({ id }) => id));
    }),
  );
});

it("leaves an empty account where nobody else uses anything", () => {
  fc.assert(
    fc.property(account, (things) => {
      const free = things.map((thing) => ({
        ...thing,
        stays: [],
        notKnown: [],
        usedBy: thing.usedBy.filter(({ id }) => id !== undefined),
      }));
      const { goes } = judgeCleanUp(free);
      expect(without(free, new Set(goes.map(({ id }) => id)))).toEqual([]);
    }),
  );
});
