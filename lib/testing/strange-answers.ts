/**
 * Answers of an AWS that is not the one the console was written against: valid by the model, where nearly every
 * member of an output is optional and every list of words may grow.
 */
export const STRANGE_WAYS = {
  "lists nothing": keepMembers(() => false),
  "leaves out every member of what it lists": keepMembers((_, depth) => depth === 0),
  "tells names and nothing else": keepMembers((name, depth) => depth === 0 || /(Id|Name|Arn)$/i.test(name)),
  "tells everything but names": keepMembers((name, depth) => depth === 0 || !/(Id|Name|Arn)$/i.test(name)),
  "answers in words that nobody knows yet": { keeps: () => true, says: "something-new" },
} satisfies Record<string, Strangeness>;
export type StrangeWay = keyof typeof STRANGE_WAYS;

export type Strangeness = {
  /** Whether a member stays: by its name, and how many lists deep it stands. */
  keeps(name: string, depth: number): boolean;
  /** What stands in place of each word of a list of words. */
  says?: string;
};

function keepMembers(keeps: Strangeness["keeps"]): Strangeness {
  return { keeps };
}

/** Members that hold an answer together in each protocol: without them a client could read nothing at all. */
const FRAME = /^(\w+Response|\w+Result|ResponseMetadata|requestId|RequestId|IsTruncated|Truncated)$/;

/** An answer in JSON, changed. `words` are those of the service's lists of words. */
export function strangeJson(text: string, way: Strangeness, words: ReadonlySet<string>): string {
  return JSON.stringify(change(JSON.parse(text || "{}"), 0, true));

  function change(value: unknown, depth: number, isTop = false): unknown {
    if (typeof value === "string") return way.says !== undefined && words.has(value) ? way.says : value;
    if (Array.isArray(value)) return value.map((item) => change(item, depth + 1));
    if (typeof value !== "object" || value === null) return value;
    const kept = Object.entries(value).filter(([name]) => FRAME.test(name) || way.keeps(name, depth));
    const changed = Object.fromEntries(kept.map(([name, inner]) => [name, change(inner, depth)]));
    return way.says === undefined && !isTop ? changed : { ...changed, SomethingNew: { Deep: [1] } };
  }
}

type Element = { name: string; attributes: string; inner: (Element | string)[] };
const ENTRIES = /^(item|member|Bucket)$/;

/** An answer in XML, changed. */
export function strangeXml(text: string, way: Strangeness, words: ReadonlySet<string>): string {
  return write(readXml(text), -1);

  function write(nodes: Element["inner"], depth: number): string {
    return nodes
      .map((node) => {
        if (typeof node === "string") return way.says !== undefined && words.has(node) ? way.says : node;
        const { name, attributes, inner } = node;
        const isEntry = ENTRIES.test(name);
        if (depth >= 0 && !isEntry && !FRAME.test(name) && !way.keeps(name, depth)) return "";
        // The root and a protocol's frame are no members; what is in an entry is a list deeper.
        const innerDepth = isEntry ? depth + 1 : Math.max(depth, 0);
        const extra = way.says !== undefined && isEntry ? "<somethingNew><deep>1</deep></somethingNew>" : "";
        return `<${name}${attributes}>${write(inner, innerDepth)}${extra}</${name}>`;
      })
      .join("");
  }
}

function readXml(text: string): Element["inner"] {
  const root: Element = { name: "", attributes: "", inner: [] };
  const open = [root];
  for (const [, said = "", end, name = "", attributes = "", isEmpty] of text.matchAll(
    /([^<]*)<(?:\?[^>]*\?>|(\/?)([\w:.-]+)([^>]*?)(\/?)>)/g,
  )) {
    const holder = open.at(-1) ?? root;
    if (said) holder.inner.push(said);
    if (end) open.pop();
    else if (name) {
      const element = { name, attributes, inner: [] };
      holder.inner.push(element);
      if (!isEmpty) open.push(element);
    }
  }
  return root.inner;
}

/** The words of all lists of words that a client package knows: exported objects of nothing but texts. */
export function wordsOf(sdk: object): Set<string> {
  return new Set(
    Object.values(sdk).flatMap((value) =>
      typeof value === "object" && value !== null && !Array.isArray(value)
        ? Object.values(value).filter((word) => typeof word === "string")
        : [],
    ),
  );
}
