import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { z } from "zod";
import { RESOURCE_SCHEMAS } from "@/lib/definitions/schemas";
import type { Json, JsonObject } from "@/lib/definitions/types";
import { toAwsCli } from "./to-aws-cli";
import { toCloudFormation } from "./to-cloudformation";
import { toTerraform } from "./to-terraform";
import table from "./tool-words.gen.json" with { type: "json" };
import type { CodeKind, CodeResource } from "./types";

type Word = string | Word[] | { [name: string]: Word };
type Tool = keyof typeof table;
const KINDS = Object.keys(table.cli.words) as CodeKind[];
const wordsOf = (tool: Tool, kind: CodeKind) => table[tool].words[kind] as Word;

/** Every path that a tool's words lead to, with what stands there. */
function leavesOf(word: Word, at: string[] = []): { path: string[]; type: Word }[] {
  if (Array.isArray(word) && typeof word[0] === "object") return leavesOf(word[0], at);
  if (typeof word !== "object" || Array.isArray(word) || "*" in word) return [{ path: at, type: word }];
  return Object.entries(word).flatMap(([name, inner]) => leavesOf(inner, [...at, name]));
}

const VALUES: Record<string, Json> = { string: "said-9f3", integer: 421, boolean: true };
const sample = (type: Word): Json => {
  if (Array.isArray(type)) return [sample(type[0] as Word)];
  return typeof type === "object" ? { team: "said-9f3" } : (VALUES[type] ?? null);
};

/** A request that sets one member, built along the request's own shape. */
function requestWith(kind: CodeKind, path: string[], value: Json): CodeResource {
  const build = (word: Word, [member, ...rest]: string[]): Json => {
    if (member === undefined) return value;
    if (Array.isArray(word)) return [build(word[0] as Word, [member, ...rest])];
    return { [member]: build((word as Record<string, Word>)[member] as Word, rest) };
  };
  const input = { name: "web", ...(build(wordsOf("cli", kind), path) as JsonObject) };
  return {
    kind,
    arn: `arn:aws:imagebuilder:us-east-1:222222222222:${kind}/x`,
    input,
  } as unknown as CodeResource;
}

/** Names alike whatever their case and number; the four that are other words, by the tools' documentation. */
const OTHER_WORDS: Record<string, string> = {
  semanticversion: "version",
  launchpermissionconfiguration: "launchpermission",
  setdefaultversion: "default",
  userdatabase64: "userdataoverride",
};
const plain = (path: string[]) =>
  path
    .filter(
      (name) => name !== "additionalInstanceConfiguration" && name !== "AdditionalInstanceConfiguration",
    )
    .map((name) => name.toLowerCase().replaceAll("_", "").replace(/s$/, ""))
    .map((name) => OTHER_WORDS[name] ?? name)
    .join(".");

/** Paths of all that a value holds; what the user keys is one. */
function pathsOf(value: unknown, at: string[] = []): string[][] {
  if (Array.isArray(value)) return value.flatMap((item) => pathsOf(item, at));
  if (typeof value !== "object" || value === null || "team" in value) return [at];
  return Object.entries(value).flatMap(([member, inner]) => pathsOf(inner, [...at, member]));
}

/** The paths of one HCL resource's arguments; enough of a reader for what is written here. */
function argumentsIn(hcl: string): string[][] {
  const open: string[] = [];
  return hcl.split("\n").flatMap((line) => {
    const [, name, mark] = /^\s+"?(\w+)"? (=|\{)/.exec(line) ?? [];
    if (/^\s+\}$/.test(line)) open.pop();
    if (!name || name === "team") return [];
    const path = [...open, name];
    if (line.endsWith("{")) open.push(name);
    return line.endsWith("{") && mark === "{" ? [] : [path];
  });
}

/** The paths of the one command's options, JSON included. */
function optionsIn(command: string): string[][] {
  return command.split(" \\\n  ").flatMap((option) => {
    const [, no, flag = "", text = ""] = /^--(no-)?([\w-]+)(?: ([\s\S]*?))?\n?$/.exec(option) ?? [];
    if (!flag || flag === "region") return [];
    const member = flag.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
    const json = /^'?[[{]/.test(text) ? JSON.parse(text.replaceAll("'", "")) : (no ?? text);
    return pathsOf(json, [member]);
  });
}

const codeOf = (text: string) => text.replace(/^#.*\n/gm, "");
const commentOf = (text: string) =>
  text
    .split("\n")
    .filter((line) => line.startsWith("#"))
    .join("\n");

const FORMS: [string, Tool, (resource: CodeResource) => string, (code: string) => string[][]][] = [
  [
    "CloudFormation",
    "cloudFormation",
    (resource) => toCloudFormation([resource]),
    (code) => pathsOf((Object.values(parse(code).Resources)[0] as { Properties: object }).Properties),
  ],
  ["Terraform", "terraform", (resource) => toTerraform([resource]), argumentsIn],
  ["the AWS CLI", "cli", (resource) => toAwsCli([resource], "us-east-1"), optionsIn],
];

describe.each(FORMS)("%s", (_, tool, write, read) => {
  const cases = KINDS.flatMap((kind) =>
    leavesOf(wordsOf("cli", kind)).map(({ path, type }) => ({ kind, path, type, said: path.join(".") })),
  );

  it.each(cases)(
    "says $said of a $kind where it has a word, and names it where not",
    ({ kind, path, type }) => {
      const text = write(requestWith(kind, path, sample(type)));
      const known = leavesOf(wordsOf(tool, kind)).map((leaf) => plain(leaf.path));
      const found = read(codeOf(text)).map(plain);
      if (known.includes(plain(path))) {
        expect(found).toContain(plain(path));
        expect(commentOf(text)).toBe("");
      } else {
        expect(found).not.toContain(plain(path));
        const [member = ""] = path;
        expect(commentOf(text)).toContain(`${kind} web: ${member}`);
        if (type === "string") expect(commentOf(text)).toContain("said-9f3");
      }
    },
  );
});

describe("what is not in AWS's request", () => {
  it.each(FORMS)("is named by %s, on one line whatever it holds", (_, _tool, write) => {
    const odd = requestWith("image-pipeline", ["name"], "web");
    Object.assign(odd.input, { newMember: "a\n# b\u2028c\u0085d" });
    const text = write(odd);
    expect(commentOf(text)).toContain("image-pipeline web: newMember = ");
    expect(codeOf(text)).not.toContain("newMember");
    expect(text).not.toMatch(/[\u2028\u0085]/);
  });
});

it("names several values where Terraform takes one text, and writes one as it is", () => {
  const path = ["components", "parameters", "value"];
  expect(toTerraform([requestWith("image-recipe", path, ["a,b"])])).toContain('value = "a,b"');
  const two = toTerraform([requestWith("image-recipe", path, ["a", "b"])]);
  expect(commentOf(two)).toContain('components.0.parameters.0.value = ["a","b"]');
});

/** The parts of a zod schema that lead on to members. */
type Definition = {
  shape?: Record<string, { def: Definition }>;
  innerType?: { def: Definition };
  element?: { def: Definition };
  in?: { def: Definition };
};

function membersOf({ def }: { def: Definition }, at = ""): string[] {
  const { shape } = def;
  if (shape)
    return Object.entries(shape).flatMap(([member, inner]) =>
      membersOf(inner, at ? `${at}.${member}` : member),
    );
  const inner = def.innerType ?? def.element ?? def.in;
  return inner ? membersOf(inner, at) : [at];
}

it.each(KINDS)("every member that a form of a %s can set is one of the request's", (kind) => {
  const request = leavesOf(wordsOf("cli", kind)).map(({ path }) => path.join("."));
  const form = membersOf(RESOURCE_SCHEMAS[kind] as z.ZodType & { def: Definition });
  expect(form.filter((member) => !request.includes(member))).toEqual([]);
});
