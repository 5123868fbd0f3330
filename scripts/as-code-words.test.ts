import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { cliWords, cloudFormationWords, terraformArguments } from "./as-code-words.mjs";

const table = JSON.parse(
  readFileSync(new URL("../lib/as-code/tool-words.gen.json", import.meta.url), "utf8"),
);

it.each([
  ["cloudFormation", cloudFormationWords],
  ["cli", cliWords],
])(
  "the table of %s is what the installed schema says; npm run as-code-words writes it again",
  (tool, read) => {
    expect(table[tool]).toEqual(read());
  },
);

it("the table of Terraform says which provider it was read from", () => {
  expect(table.terraform.source.provider).toMatch(/^hashicorp\/aws \d+\.\d+\.\d+$/);
});

it("reads blocks, lists of blocks, maps and lists of a provider's bindings, and not what is the provider's own", () => {
  const attribute = (name: string, value: string, isBlock: boolean, type: string, storage: string) =>
    `            ${name}: {\n                value: ${value},\n                isBlock: ${isBlock},\n                type: "${type}",\n                storageClassType: "${storage}",\n            },\n`;
  const text = `function placeToHclTerraform(struct) {
    const attrs = {
${attribute("region", "cdktn.stringToHclTerraform(struct.region)", false, "simple", "string")}    };
}
class Thing {
    synthesizeHclAttributes() {
        const attrs = {
${attribute("region", "cdktn.stringToHclTerraform(this._region)", false, "simple", "string")}${attribute("tags", "cdktn.hashMapperHcl(cdktn.stringToHclTerraform)(this._tags)", false, "map", "stringMap")}${attribute("types", "cdktn.listMapperHcl(cdktn.stringToHclTerraform, false)(this._types)", false, "set", "stringList")}${attribute("place", "placeToHclTerraform(this._place.internalValue)", true, "list", "PlaceList")}${attribute("places", "cdktn.listMapperHcl(placeToHclTerraform, true)(this._places.internalValue)", true, "set", "PlaceList")}        };
    }
}
`;
  expect(terraformArguments(text)).toEqual({
    place: { region: "string" },
    places: [{ region: "string" }],
    tags: { "*": "string" },
    types: ["string"],
  });
});
