import { expect, it } from "vitest";
import { instantOfField } from "./zoned-time";

it.each([
  ["UTC", "2030-01-31T12:00", "2030-01-31T12:00:00.000Z"],
  ["Europe/Berlin", "2030-01-31T12:00", "2030-01-31T11:00:00.000Z"],
  ["Europe/Berlin", "2030-07-31T12:00:30", "2030-07-31T10:00:00.000Z"],
  ["America/New_York", "2030-01-31T22:30", "2030-02-01T03:30:00.000Z"],
  ["Asia/Kolkata", "2030-01-01T00:00", "2029-12-31T18:30:00.000Z"],
  // The night in which this hour is left out, and the one in which it comes twice.
  ["Europe/Berlin", "2030-03-31T02:30", undefined],
  ["Europe/Berlin", "2030-10-27T02:30", "2030-10-27T00:30:00.000Z"],
  ["UTC", "", undefined],
  ["UTC", "tomorrow", undefined],
])("on a clock in %s the field %j is %s", (zone, text, instant) => {
  expect(instantOfField(zone, text)).toBe(instant);
});
