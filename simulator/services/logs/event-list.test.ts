import { expect, test } from "vitest";
import { firstAt, itemsOf, listOf, mergeLists } from "./event-list";
import { compareEvents, type PlacedEvent } from "./placed-event";

const event = (timestamp: number, order: number): PlacedEvent => ({
  timestamp,
  order,
  ingestedAt: timestamp,
  message: `${timestamp}/${order}`,
});
const everySecond = (count: number, order: number) =>
  Array.from({ length: count }, (_, index) => event(index * 1000, order + index));

test.each([
  ["long with short", everySecond(50, 0), [event(-1, 0), event(3000, 99), event(3001, 1), event(90_000, 2)]],
  ["short with long", [event(3000, 0)], everySecond(50, 1e9)],
  ["a list with nothing", everySecond(3, 0), []],
])("%s merges into what sorting gives", (_, one, other) => {
  const sorted = [...one, ...other].sort(compareEvents);
  const merged = mergeLists(one, other);
  expect(itemsOf(merged)).toEqual(sorted);
  expect(merged.at(-1)).toEqual(sorted.at(-1));
  expect(merged.at(sorted.length)).toBeUndefined();
});

test("a position in a million events is found by looking at twenty", () => {
  let looks = 0;
  const events = listOf(1_000_000, (index) => {
    looks++;
    return event(index, index);
  });
  expect(firstAt(events, { timestamp: 765_432, order: 0 })).toBe(765_432);
  expect(firstAt(events, { timestamp: 2_000_000, order: 0 })).toBe(1_000_000);
  expect(looks).toBeLessThan(45);
});
