import { describe, expect, test } from "vitest";
import tables from "./constraints.json";
import { violationsOf } from "./validate";

/** Generated from the table: every constrained member of every create and update, on both sides of each bound. */
interface Shape {
  type: string;
  min?: number;
  max?: number;
  pattern?: string;
  enum?: string[];
  required?: string[];
  members?: Record<string, string>;
  member?: string;
  key?: string;
  value?: string;
}

interface Probe {
  /** As the validator names it. */
  path: string;
  why: string;
  valid?: unknown;
  violating: unknown;
  /** Puts a value at the path, in an otherwise empty input. */
  place(value: unknown): Record<string, unknown>;
}

const SERVICES = Object.entries(
  tables as Record<string, { operations: Record<string, { input?: string }>; shapes: Record<string, Shape> }>,
);

function probesOf(
  shapes: Record<string, Shape>,
  name: string,
  path: string,
  place: Probe["place"],
  above: string[],
): Probe[] {
  const shape = shapes[name];
  if (!shape || above.includes(name)) return [];
  const inner = [...above, name];
  const probes: Probe[] = [];
  const bound = (why: string, violating: unknown, valid: unknown) => {
    const isValid = violatesNothing(shape, valid);
    probes.push({ path, why, violating, place, ...(isValid && { valid }) });
  };
  const { min, max } = shape;
  switch (shape.type) {
    case "string":
      if (shape.enum) bound("outside the enum", "NO_SUCH_VALUE", shape.enum[0]);
      if (min) bound(`shorter than ${min}`, "a".repeat(min - 1), "a".repeat(min));
      if (max) bound(`longer than ${max}`, "a".repeat(max + 1), "a".repeat(max));
      if (shape.pattern && !new RegExp(`^(?:${shape.pattern})$`).test("\u0007"))
        bound("outside the pattern", "\u0007", "aaa");
      break;
    case "integer":
    case "long":
      if (min !== undefined) bound(`below ${min}`, min - 1, min);
      if (max !== undefined) bound(`above ${max}`, max + 1, max);
      break;
    case "list":
      if (min) bound(`fewer than ${min}`, [], undefined);
      if (shape.member) {
        probes.push(...probesOf(shapes, shape.member, `${path}.1.member`, (value) => place([value]), inner));
      }
      break;
    case "map":
      if (max)
        bound(
          `more than ${max} pairs`,
          Object.fromEntries(Array.from({ length: max + 1 }, (_, n) => [`k${n}`, "v"])),
          Object.fromEntries(Array.from({ length: min ?? 1 }, (_, n) => [`k${n}`, "v"])),
        );
      break;
    case "structure":
      for (const [member, target] of Object.entries(shape.members ?? {})) {
        const at = path ? `${path}.${member}` : member;
        probes.push(...probesOf(shapes, target, at, (value) => place({ [member]: value }), inner));
        if (shape.required?.includes(member)) {
          probes.push({ path: at, why: "missing", violating: undefined, place: () => place({}) });
        }
      }
      break;
  }
  return probes;
}

function violatesNothing(shape: Shape, value: unknown): boolean {
  if (value === undefined) return false;
  if (typeof value !== "string") return true;
  const fits = (shape.min ?? 0) <= value.length && value.length <= (shape.max ?? Number.POSITIVE_INFINITY);
  return (
    fits &&
    (!shape.enum || shape.enum.includes(value)) &&
    (!shape.pattern || new RegExp(`^(?:${shape.pattern})$`).test(value))
  );
}

describe.each(SERVICES)("%s", (service, { operations, shapes }) => {
  const writes = Object.entries(operations).filter(
    ([name, { input }]) => input && /^(Create|Update|Put|Start|Import)/.test(name),
  );

  test.each(writes)(
    "%s refuses a value beyond each bound by its member's name, and takes one at it",
    (operation, { input = "" }) => {
      const probes = probesOf(shapes, input, "", (value) => value as Record<string, unknown>, []);
      expect(probes.length).toBeGreaterThan(0);
      for (const { path, why, valid, violating, place } of probes) {
        const namesOf = (value: unknown) =>
          violationsOf(service, operation, place(value)).map((found) => found.path);
        expect(
          namesOf(violating).some((name) => name === path || name.startsWith(`${path}.`)),
          `${path} ${why}`,
        ).toBe(true);
        if (valid !== undefined) expect(namesOf(valid), `${path} at its bound`).not.toContain(path);
      }
    },
  );
});
