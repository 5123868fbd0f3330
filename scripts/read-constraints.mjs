/**
 * Turns API models into the table the project commits: what is required, how long, in which range,
 * of which pattern, one of which words. The simulator refuses by it; a test holds the console's forms to it. Run with `npm run constraints` when a model changes.
 *
 * Usage: node scripts/read-constraints.mjs [folder with imagebuilder.json and logs.json]
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const models = process.argv[2] ?? join(root, "../shared/models");
const LIMITS = ["min", "max", "pattern", "enum"];
// The code AWS answers bad input with, where the model names several: the most exact one.
const INVALID = ["InvalidParameterValueException", "InvalidParameterException", "InvalidRequestException"];

const tables = Object.fromEntries(
  ["imagebuilder", "logs"].map((service) => [
    service,
    tableOf(JSON.parse(readFileSync(join(models, `${service}.json`), "utf8"))),
  ]),
);
write("simulator/wire/constraints.json", tables);
function tableOf(model) {
  const shapes = {};
  const operations = {};
  for (const [name, operation] of Object.entries(model.operations)) {
    const invalid = INVALID.find((code) => operation.errors.includes(code));
    operations[name] = { input: operation.input, ...(invalid && { invalid }), errors: operation.errors };
    if (operation.input) collect(operation.input);
  }
  return { source: model.source, operations, shapes };

  function collect(name) {
    if (shapes[name]) return;
    const shape = model.shapes[name];
    const entry = { type: shape.type };
    shapes[name] = entry;
    for (const limit of LIMITS) if (shape[limit] !== undefined) entry[limit] = shape[limit];
    if (shape.required?.length) entry.required = shape.required;
    if (shape.members) {
      entry.members = Object.fromEntries(
        Object.entries(shape.members).map(([member, target]) => [
          member,
          typeof target === "string" ? target : target.shape,
        ]),
      );
      for (const target of Object.values(entry.members)) collect(target);
    }
    for (const part of ["member", "key", "value"]) {
      if (!shape[part]) continue;
      entry[part] = typeof shape[part] === "string" ? shape[part] : shape[part].shape;
      collect(entry[part]);
    }
  }
}

function write(file, table) {
  writeFileSync(join(root, file), `${JSON.stringify(table)}\n`);
  process.stdout.write(`${file}\n`);
}
