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
