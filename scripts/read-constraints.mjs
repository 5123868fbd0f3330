/**
 * Turns API models into the tables the project commits: what is required, how long, in which range, of which pattern,
 * one of which words. The simulator refuses by them; a test holds the console's forms to Image Builder's.
 * Run with `npm run constraints` when a model changes, or when the simulator answers a new operation.
 *
 * Usage: node scripts/read-constraints.mjs [folder with imagebuilder.json and logs.json] [botocore's data folder]
 *
 * botocore, the library under the AWS CLI, brings the models of all services; the services beside Image Builder are
 * read from it. What cannot be read is left as it was. In the end stands what each table was read from, and when.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";

const root = fileURLToPath(new URL("..", import.meta.url));
const models = process.argv[2] ?? join(root, "../shared/models");
const botocore = process.argv[3];
const today = new Date().toISOString().slice(0, 10);
const LIMITS = ["min", "max", "pattern", "enum"];
// The code AWS answers bad input with, where the model names several: the most exact one.
const INVALID = ["InvalidParameterValueException", "InvalidParameterException", "InvalidRequestException"];

/** Folders of botocore that are not called as the signature calls the service. */
const FOLDERS = { monitoring: "cloudwatch", servicequotas: "service-quotas" };
/** Their lists of words grow faster than any table, and the services answer for them in words of their own. */
const WITHOUT_ENUMS = ["ec2", "s3"];

const OWN = "simulator/wire/constraints.json";
const NEIGHBOURS = "simulator/wire/neighbour-constraints.json";
/** What answers hold: members that are always there, and words. A test holds the simulator's answers to it. */
const OUTPUTS = "simulator/conformance/neighbour-outputs.json";
/** Longer lists of words, such as all instance types, say more of the model's day than of an answer. */
const MOST_WORDS = 60;

if (existsSync(models))
  write(
    OWN,
    Object.fromEntries(
      ["imagebuilder", "logs"].map((service) => [
        service,
        tableOf(JSON.parse(readFileSync(join(models, `${service}.json`), "utf8"))),
      ]),
    ),
  );
if (botocore) {
  write(NEIGHBOURS, neighboursOf(botocore, inputsOf));
  write(OUTPUTS, neighboursOf(botocore, outputsOf));
}
for (const file of [OWN, NEIGHBOURS, OUTPUTS]) sayAge(file);

function tableOf(model) {
  const shapes = {};
  const operations = {};
  for (const [name, operation] of Object.entries(model.operations)) {
    const invalid = INVALID.find((code) => operation.errors.includes(code));
    operations[name] = { input: operation.input, ...(invalid && { invalid }), errors: operation.errors };
    if (operation.input) collect(operation.input);
  }
  return { source: model.source, read: today, operations, shapes };

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

/** The simulated operations of the services beside Image Builder: the README's table of coverage names them. */
function neighboursOf(data, tableOfService) {
  const rows = readFileSync(join(root, "simulator/README.md"), "utf8").matchAll(
    /^\| ([\w-]+) \| \d+ of \d+ \| ([\w, ]+) \|/gm,
  );
  return Object.fromEntries(
    [...rows]
      .filter(([, service]) => service !== "imagebuilder" && service !== "logs")
      .map(([, service, operations]) => [
        service,
        tableOfService(modelOf(data, service), service, operations.split(", ")),
      ]),
  );
}

function modelOf(data, service) {
  const folder = join(data, FOLDERS[service] ?? service);
  const version = readdirSync(folder)
    .filter((name) => /^\d{4}-/.test(name))
    .toSorted()
    .at(-1);
  const model = JSON.parse(gunzipSync(readFileSync(join(folder, version, "service-2.json.gz"))));
  return { ...model, source: `${botocoreVersion(data)} ${service}/${version}` };
}

function inputsOf(model, service, wanted) {
  const limits = LIMITS.filter((limit) => limit !== "enum" || !WITHOUT_ENUMS.includes(service));
  const operations = {};
  const { isLimited, collect, shapes } = collector(model, limits);
  for (const name of wanted) {
    const input = model.operations[name]?.input?.shape;
    operations[name] = input && isLimited(input) ? { input } : {};
    if (input) collect(input);
  }
  return { source: model.source, read: today, operations, shapes };
}

/** As inputs, with the outputs' shapes; lists of words that grow with every release are left out. */
function outputsOf(model, _service, wanted) {
  const shapes = Object.fromEntries(
    Object.entries(model.shapes).map(([name, { enum: words, required, type, ...parts }]) => [
      name,
      { ...parts, type, required, ...(words && words.length <= MOST_WORDS && { enum: words }) },
    ]),
  );
  const operations = {};
  const { isLimited, collect, shapes: kept } = collector({ shapes }, ["enum"]);
  for (const name of wanted) {
    const output = model.operations[name]?.output?.shape;
    operations[name] = output && isLimited(output) ? { output } : {};
    if (output) collect(output);
  }
  return { source: model.source, read: today, operations, shapes: kept };
}

/** Takes shapes over from a model as far as anything in them is limited. */
function collector(model, limits) {
  const isLimited = limitedShapes(model.shapes, limits);
  const shapes = {};
  return { isLimited, collect, shapes };

  function collect(name) {
    if (shapes[name] || !isLimited(name)) return;
    const shape = model.shapes[name];
    const entry = { type: shape.type };
    shapes[name] = entry;
    for (const limit of [...limits, "required"]) if (shape[limit] !== undefined) entry[limit] = shape[limit];
    const members = Object.entries(shape.members ?? {}).map(([member, target]) => [member, target.shape]);
    if (shape.members) entry.members = Object.fromEntries(members.filter(([, target]) => isLimited(target)));
    for (const part of ["member", "key", "value"])
      if (shape[part] && isLimited(shape[part].shape)) entry[part] = shape[part].shape;
    for (const [, target] of members) collect(target);
    for (const part of ["member", "key", "value"]) if (shape[part]) collect(shape[part].shape);
  }
}

/** Says of a shape whether anything in it is limited: the table holds nothing else. */
function limitedShapes(shapes, limits) {
  const known = new Map();
  return function isLimited(name) {
    const answer = known.get(name);
    if (answer !== undefined) return answer;
    const shape = shapes[name];
    // A shape that holds itself is limited by what else it holds.
    known.set(name, false);
    const parts = ["member", "key", "value"].flatMap((part) => shape[part]?.shape ?? []);
    const inner = [...parts, ...Object.values(shape.members ?? {}).map((target) => target.shape)];
    const own = limits.some((limit) => shape[limit] !== undefined) || (shape.required?.length ?? 0) > 0;
    const isOne = inner.map(isLimited).some(Boolean) || own;
    known.set(name, isOne);
    return isOne;
  };
}

function botocoreVersion(data) {
  const text = readFileSync(join(data, "../__init__.py"), "utf8");
  return `botocore ${/__version__ = '([^']+)'/.exec(text)?.[1]}`;
}

function sayAge(file) {
  for (const [service, { source, read }] of Object.entries(
    JSON.parse(readFileSync(join(root, file), "utf8")),
  )) {
    const days =
      read === undefined ? undefined : Math.round((Date.parse(today) - Date.parse(read)) / 86_400_000);
    const age = days === undefined ? "at an unknown date" : `on ${read}, ${days} days ago`;
    process.stdout.write(`${service}: ${source}, read ${age}\n`);
  }
}

function write(file, table) {
  writeFileSync(join(root, file), `${JSON.stringify(table)}\n`);
  process.stdout.write(`${file}\n`);
}
