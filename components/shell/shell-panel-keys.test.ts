import { describe, expect, it } from "vitest";
import { shellPanelOf } from "./shell-panel-keys";

const NO_MODIFIERS = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

describe("the keys of the shell", () => {
  it.each([true, false])("open the palette by Ctrl+K and Cmd+K (somebody is typing: %s)", (isTyping) => {
    for (const key of ["k", "K"]) {
      expect(shellPanelOf({ ...NO_MODIFIERS, key, ctrlKey: true }, isTyping)).toBe("palette");
      expect(shellPanelOf({ ...NO_MODIFIERS, key, metaKey: true }, isTyping)).toBe("palette");
    }
  });

  it("open the shortcuts by ?, but not for somebody who types one", () => {
    const question = { ...NO_MODIFIERS, key: "?", shiftKey: true };
    expect(shellPanelOf(question, false)).toBe("shortcuts");
    expect(shellPanelOf(question, true)).toBeUndefined();
  });

  it("leave other keys and other combinations to the browser", () => {
    const left = [
      { ...NO_MODIFIERS, key: "k" },
      { ...NO_MODIFIERS, key: "k", ctrlKey: true, shiftKey: true },
      { ...NO_MODIFIERS, key: "k", metaKey: true, altKey: true },
      { ...NO_MODIFIERS, key: "j", ctrlKey: true },
      { ...NO_MODIFIERS, key: "?", ctrlKey: true },
      { ...NO_MODIFIERS, key: "/" },
    ];
    expect(left.map((keys) => shellPanelOf(keys, false))).toEqual(left.map(() => undefined));
  });
});
