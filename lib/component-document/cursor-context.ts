/** Where a cursor is in a document that need not be valid: nobody types valid documents all the way. */
export interface CursorContext {
  /** The keys that lead here, lists left out: `["phases", "steps", "inputs"]`. */
  path: string[];
  /** What is being typed: a key, the value of `key`, or a reference between `{{` and `}}`. */
  kind: "key" | "value" | "reference";
  key: string | null;
  /** What has been typed of it so far, and where that starts. */
  typed: string;
  from: number;
  /** The other keys of the same map. */
  siblings: string[];
  /** The action of the step that the cursor is in. */
  action: string | null;
}

const openReference = /\{\{\s*([^{}]*)$/;

export function cursorContext(text: string, offset: number): CursorContext | null {
  return /^\s*[{[]/.test(text) ? jsonContext(text, offset) : yamlContext(text, offset);
}

interface YamlLine {
  /** Where the key or value starts, dashes counted as indentation; -1 for blank lines and comments. */
  column: number;
  /** Whether an item of a list starts here, and where its dash is. */
  dash: number;
  key: string | null;
  value: string;
}

function readLine(line: string): YamlLine {
  const match = /^(\s*)((?:-\s+|-$)*)(?:(["']?)([^\s"'#:{}[\],]+)\3\s*:(?=\s|$)\s*)?(.*)$/.exec(line);
  const [, space = "", dashes = "", , key, value = ""] = match ?? [];
  const blank = key === undefined && (value === "" ? dashes === "" : value.startsWith("#"));
  return {
    column: blank ? -1 : space.length + dashes.length,
    dash: dashes === "" ? -1 : space.length,
    key: key ?? null,
    value: value.replace(/(?<!\s)\s+#.*$/, "").trim(),
  };
}

function yamlContext(text: string, offset: number): CursorContext | null {
  const before = text.slice(0, offset).split("\n");
  const current = before.pop() ?? "";
  const lines = before.map(readLine);
  const here = readLine(current);
  const column = here.column === -1 ? current.length : here.column;
  const { path, parents } = yamlPath(lines, column, here.dash);
  const isText = parents.some((parent) => /^[|>][-+\d]*$/.test(lines[parent]?.value ?? ""));
  const all = () => text.split("\n").map(readLine);
  const action = yamlAction(all, parents, before.length, column, path);

  const reference = openReference.exec(current);
  if (reference) {
    const typed = reference[1] ?? "";
    return {
      path,
      kind: "reference",
      key: here.key,
      typed,
      from: offset - typed.length,
      siblings: [],
      action,
    };
  }
  if (isText) return null;
  const value = /^\s*(?:-\s+)*["']?([^\s"'#:]+)["']?\s*:\s+["']?([^\s"']*)$/.exec(current);
  if (value) {
    const [, key = "", typed = ""] = value;
    return { path, kind: "value", key, typed, from: offset - typed.length, siblings: [], action };
  }
  const key = /^\s*(?:-\s+)*([\w-]*)$/.exec(current);
  if (!key) return null;
  const typed = key[1] ?? "";
  const siblings = yamlSiblings(all(), before.length, column);
  return { path, kind: "key", key: null, typed, from: offset - typed.length, siblings, action };
}

/** The keys above that hold this column, outermost first, and the lines they are on. */
function yamlPath(lines: YamlLine[], column: number, dash: number) {
  const path: string[] = [];
  const parents: number[] = [];
  let limit = column;
  let item = dash;
  for (let index = lines.length - 1; index >= 0 && limit > 0; index -= 1) {
    const line = lines[index];
    if (!line || line.column === -1) continue;
    // A list may start in the column of the key that holds it.
    const holdsList = item !== -1 && line.key !== null && line.column === item && line.value === "";
    if (line.column >= limit && !holdsList) {
      // The dash of an item stands above its later keys, and sets how far out the list is.
      if (line.column === limit && line.dash !== -1 && item === -1) item = line.dash;
      continue;
    }
    if (line.column < limit && item !== -1 && line.column > item) continue;
    if (line.key !== null) {
      path.unshift(line.key);
      parents.unshift(index);
    }
    limit = line.column;
    item = line.dash;
  }
  return { path, parents };
}

/** The keys of the map around a line. */
function yamlSiblings(lines: YamlLine[], at: number, column: number): string[] {
  const keys: string[] = [];
  for (let index = at; index >= 0; index -= 1) {
    const line = lines[index];
    if (!line || line.column === -1) continue;
    if (line.column < column) break;
    if (index !== at && line.column === column && line.key !== null) keys.push(line.key);
    if (line.column === column && line.dash !== -1) break;
  }
  for (let index = at + 1; index < lines.length; index += 1) {
    const line = lines[index];
    if (!line || line.column === -1) continue;
    if (line.column < column || line.dash !== -1) {
      if (line.column <= column) break;
      continue;
    }
    if (line.column === column && line.key !== null) keys.push(line.key);
  }
  return keys;
}

function yamlAction(all: () => YamlLine[], parents: number[], at: number, column: number, path: string[]) {
  const depth = path.indexOf("steps");
  if (depth === -1) return null;
  const lines = all();
  const line = parents[depth + 1] ?? at;
  const stepColumn = depth + 1 < path.length ? (lines[line]?.column ?? column) : column;
  const actionOf = (index: number) => {
    const candidate = lines[index];
    return candidate?.key === "action" && candidate.column === stepColumn
      ? candidate.value.replace(/["']/g, "")
      : null;
  };
  for (let index = line; index >= 0; index -= 1) {
    const found = actionOf(index);
    if (found !== null) return found;
    const candidate = lines[index];
    if (!candidate || candidate.column === -1) continue;
    if (candidate.column < stepColumn || (candidate.column === stepColumn && candidate.dash !== -1)) break;
  }
  for (let index = line + 1; index < lines.length; index += 1) {
    const candidate = lines[index];
    if (!candidate || candidate.column === -1) continue;
    if (candidate.column < stepColumn || (candidate.column === stepColumn && candidate.dash !== -1)) break;
    const found = actionOf(index);
    if (found !== null) return found;
  }
  return null;
}

interface JsonFrame {
  isMap: boolean;
  /** The key under which the frame hangs, if it hangs under one. */
  name: string | null;
  key: string | null;
  keys: string[];
  awaitsValue: boolean;
  action: string | null;
}

function jsonContext(text: string, offset: number): CursorContext | null {
  const frames: JsonFrame[] = [];
  let stringStart = -1;
  for (let at = 0; at < offset; at += 1) {
    const character = text[at];
    const top = frames.at(-1);
    if (stringStart !== -1) {
      if (character === "\\") at += 1;
      else if (character === '"') {
        closeString(top, text.slice(stringStart + 1, at));
        stringStart = -1;
      }
      continue;
    }
    if (character === '"') stringStart = at;
    else if (character === "{" || character === "[") {
      const name = top?.isMap && top.awaitsValue ? top.key : null;
      frames.push({ isMap: character === "{", name, key: null, keys: [], awaitsValue: false, action: null });
    } else if (character === "}" || character === "]") frames.pop();
    else if (character === ":" && top) top.awaitsValue = true;
    else if (character === "," && top) top.awaitsValue = false;
  }
  const top = frames.at(-1);
  if (!top) return null;
  const path = frames.flatMap(({ name }) => name ?? []);
  const action = frames.findLast((frame) => frame.action !== null)?.action ?? null;
  const started = stringStart === -1 ? offset : stringStart + 1;
  const typed = text.slice(started, offset);
  const reference = stringStart === -1 ? null : openReference.exec(typed);
  const base = { path, siblings: top.keys, action };
  if (reference) {
    const inside = reference[1] ?? "";
    return { ...base, kind: "reference", key: top.key, typed: inside, from: offset - inside.length };
  }
  const isValue = !top.isMap || top.awaitsValue;
  return { ...base, kind: isValue ? "value" : "key", key: isValue ? top.key : null, typed, from: started };
}

function closeString(frame: JsonFrame | undefined, text: string) {
  if (!frame?.isMap) return;
  if (frame.awaitsValue) {
    if (frame.key === "action") frame.action = text;
    return;
  }
  frame.key = text;
  frame.keys.push(text);
}
