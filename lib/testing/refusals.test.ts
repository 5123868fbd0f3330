import { expect, it } from "vitest";
import { listFiles, readText } from "./project-files";

/** The door to figures for this machine, which nobody has signed in to. */
const WITHOUT_AN_ACTOR = "lib/http/inside-only.ts";

it("puts every refusal on record: forbidden is thrown by the one function that records it", () => {
  const throwing = listFiles("lib")
    .filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts"))
    .filter((path) => /code: "forbidden"/.test(readText(path)));
  expect(throwing.toSorted()).toEqual(["lib/auth/authorize.ts", WITHOUT_AN_ACTOR]);
});
