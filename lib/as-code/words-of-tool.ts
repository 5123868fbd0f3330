import { isJsonObject } from "@/lib/definitions/json-object";
import type { Json, JsonObject } from "@/lib/definitions/types";
import { inReadingOrder } from "./in-reading-order";
import table from "./tool-words.gen.json" with { type: "json" };
import type { CodeKind, CodeResource } from "./types";

/** What a word takes: a type's name, `[word]` a list, `{ "*": word }` keys of the user's own, else a structure. */
type Word = string | Word[] | { [name: string]: Word };

/** One setting in the tool's own word; what a structure holds is settings again. */
export interface Setting {
  name: string;
  value: Json | Setting[] | Setting[][];
  holds: "value" | "keys" | "structure" | "structures";
}

/** A resource in the tool's words, and a line for each member of the request that the tool has no word for. */
export interface Said {
  settings: Setting[];
  left: string[];
}

export interface Naming {
  tool: keyof typeof table;
  /** Words that the member may be called, the likeliest first. */
  candidates: (member: string) => string[];
  /** Members whose own members the tool has one level higher. */
  flattened?: readonly string[];
}

/**
 * A resource in the words that a tool's own schema knows (`npm run as-code-words` reads them): nothing that both
 * know is dropped, and what only the request knows is named.
 */
export function inWordsOf({ kind, input }: CodeResource, naming: Naming): Said {
  const words = wordsOf(naming.tool, kind);
  const left: string[] = [];
  const settings = structure(input as JsonObject, words, "");
  return { settings, left };

  function leave(path: string, value: Json): [] {
    left.push(`${kind} ${input.name}: ${path} = ${JSON.stringify(value)}`);
    return [];
  }

  function structure(from: JsonObject, words: { [name: string]: Word }, at: string): Setting[] {
    return inReadingOrder<Json | undefined>({ ...from }).flatMap(([member, value]) => {
      if (value === undefined) return [];
      const path = at + member;
      if (naming.flattened?.includes(member) && isJsonObject(value))
        return structure(value, words, `${path}.`);
      const name = naming.candidates(member).find((candidate) => Object.hasOwn(words, candidate));
      return name === undefined ? leave(path, value) : setting(name, value, words[name] as Word, path);
    });
  }

  function setting(name: string, value: Json, word: Word, path: string): Setting[] {
    if (Array.isArray(word)) {
      const item = word[0];
      // Terraform has a list of blocks where the request has one structure.
      if (isStructure(item) && isJsonObject(value))
        return [{ name, value: [structure(value, item, `${path}.`)], holds: "structures" }];
      if (!Array.isArray(value)) return leave(path, value);
      if (!isStructure(item)) return [{ name, value, holds: "value" }];
      const items = value.map((one, index) => structure(one as JsonObject, item, `${path}.${index}.`));
      return [{ name, value: items, holds: "structures" }];
    }
    if (typeof word === "object") {
      if (!isJsonObject(value)) return leave(path, value);
      if (!isStructure(word)) return [{ name, value, holds: "keys" }];
      return [{ name, value: structure(value, word, `${path}.`), holds: "structure" }];
    }
    // A tool that takes one text cannot be given several.
    if (Array.isArray(value))
      return value.length === 1 ? setting(name, value[0] ?? null, word, path) : leave(path, value);
    // The request says "yes" by an empty text.
    if (word === "boolean" && value === "") return [{ name, value: true, holds: "value" }];
    return isJsonObject(value) ? leave(path, value) : [{ name, value, holds: "value" }];
  }
}

const wordsOf = (tool: keyof typeof table, kind: CodeKind) =>
  table[tool].words[kind] as { [name: string]: Word };

const isStructure = (word: Word | undefined): word is { [name: string]: Word } =>
  typeof word === "object" && !Array.isArray(word) && !Object.hasOwn(word, "*");

/** The lines as a comment above the code, with the source of the tool's words. */
export function sayLeft(name: string, tool: keyof typeof table, left: string[]): string {
  if (left.length === 0) return "";
  const { package: source, version } = table[tool].source;
  return [
    `# ${name} has no word for the following, says ${source} ${version}.`,
    "# Set it afterwards, or create the resource another way.",
    ...left.map((line) => `#   ${onOneLine(line)}`),
    "",
    "",
  ].join("\n");
}

/** YAML breaks lines at more characters than JSON escapes. */
const onOneLine = (text: string) =>
  text.replace(
    /[\n\r\u0085\u2028\u2029]/g,
    (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
