import fc from "fast-check";
import { expect, it } from "vitest";
import { ConsoleFailure } from "@/lib/core/failure";
import { toFieldFailure } from "./field-failure";

const MEMBERS = ["name", "semanticVersion", "platform", "data"];

it.each([
  ["The value supplied for parameter 'semanticVersion' is not valid.", "semanticVersion"],
  ["The value supplied for parameter 'data' is not valid: a step has no name.", "data"],
  ["The component document is not valid. Step name is needed for platform Linux.", "data"],
  ["The platform does not fit.", "platform"],
  ["Something else.", undefined],
])("puts %j at the field it means", (message, field) => {
  const refused = toFieldFailure(new ConsoleFailure({ code: "invalid", message }), MEMBERS);
  const { fields } = (refused as ConsoleFailure).detail;
  expect(fields).toEqual(field && { [field]: message });
});

it("takes the members of a request for text, whatever somebody called them", () => {
  const piece = fc.constantFrom(
    "(",
    ")",
    "[",
    "*",
    "+",
    "?",
    "{",
    "\\",
    "(a+)+$",
    "^",
    "|",
    ".",
    "a",
    "name",
  );
  const member = fc.oneof(
    fc.string(),
    fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join("")),
  );
  fc.assert(
    fc.property(fc.array(member), fc.string(), (members, words) => {
      const message = `${words} ${"a".repeat(60)}! ${members.at(0) ?? ""}`;
      const refused = toFieldFailure(new ConsoleFailure({ code: "invalid", message }), members);
      const { fields = {} } = (refused as ConsoleFailure).detail;
      for (const field of Object.keys(fields)) expect(message.toLowerCase()).toContain(field.toLowerCase());
    }),
    { numRuns: 500 },
  );
});
