import { describe, expect, it } from "vitest";
import { EarlyKeys } from "./early-keys";

const press = (keys: EarlyKeys, key: string, held: Partial<KeyboardEvent> = {}) =>
  keys.catch({ key, ctrlKey: false, metaKey: false, altKey: false, ...held });

describe("keys typed before the palette takes them", () => {
  it("are kept in order, a deleted one left out, and handed over once", () => {
    const keys = new EarlyKeys();
    keys.begin();
    for (const key of ["w", "e", "x", "Backspace", "b", " ", "#", "ß", "🙂"])
      expect(press(keys, key)).toBe(true);
    expect(keys.take()).toBe("web #ß🙂");
    expect(keys.take()).toBe("");
  });

  it("are left to the page while nothing opens", () => {
    const keys = new EarlyKeys();
    expect(press(keys, "w")).toBe(false);
    keys.begin();
    keys.end();
    expect(press(keys, "w")).toBe(false);
    expect(keys.take()).toBe("");
  });

  it.each([
    ["Escape", {}],
    ["Enter", {}],
    ["ArrowDown", {}],
    ["Tab", {}],
    ["c", { ctrlKey: true }],
    ["c", { metaKey: true }],
    ["c", { altKey: true }],
  ])("are text only: %s %o is not one", (key, held) => {
    const keys = new EarlyKeys();
    keys.begin();
    expect(press(keys, key, held)).toBe(false);
    expect(keys.take()).toBe("");
  });
});
