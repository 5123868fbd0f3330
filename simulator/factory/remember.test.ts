import { expect, test } from "vitest";
import { rememberByText } from "./remember";

test("a text is worked out once, and its answer cannot be changed by who gets it", () => {
  const asked: string[] = [];
  const read = rememberByText((text) => {
    asked.push(text);
    return { words: text.split(" ") };
  });
  const first = read("a b");
  expect(read("a b")).toBe(first);
  expect(asked).toEqual(["a b"]);
  expect(() => first.words.push("c")).toThrow(TypeError);
});

test("what was not asked for in a while is let go", () => {
  const asked: string[] = [];
  const read = rememberByText((text) => asked.push(text.slice(0, 1)));
  for (const letter of ["a", "b", "a", "c", "a", "b"]) read(letter.repeat(900_000));
  expect(asked.length).toBe(4);
});

test("an error is no answer", () => {
  let calls = 0;
  const read = rememberByText(() => {
    calls++;
    throw new Error("unreadable");
  });
  expect(() => read("x")).toThrow("unreadable");
  expect(() => read("x")).toThrow("unreadable");
  expect(calls).toBe(2);
});
