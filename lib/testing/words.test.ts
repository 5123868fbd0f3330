import { describe, expect, it } from "vitest";
import { NOT_IN_TEXTS, NOWHERE, type Phrase, passagesOf } from "./plain-words";
import { listFiles, readText } from "./project-files";

const files = listFiles();
const ROOMS = ["app/", "components/", "lib/", "simulator/"];
const sources = files.filter(
  (path) =>
    ROOMS.some((room) => path.startsWith(room)) &&
    /\.tsx?$/.test(path) &&
    !/\.(test|spec)\.tsx?$/.test(path) &&
    !path.startsWith("lib/testing/"),
);
// AWS's own messages and the demo's made-up documents are as AWS and their authors write them.
const isOfOthers = (path: string) => path.startsWith("simulator/");
const passages = sources.flatMap((path) =>
  passagesOf(path, readText(path)).map((passage) => ({ ...passage, path })),
);
const found = (of: { path: string; line: number; text: string }[], phrases: Phrase[]) =>
  of.flatMap(({ path, line, text }) =>
    phrases
      .filter(({ wrong }) => wrong.test(text))
      .map(({ wrong, instead }) => `${path}:${line}: "${wrong.exec(text)?.[0]}": ${instead}`),
  );

describe("the words of the console", () => {
  it("are found in the sources", () => {
    const said = (kind: string) => passages.filter((each) => each.kind === kind).length;
    expect(said("text")).toBeGreaterThan(2_000);
    expect(said("comment")).toBeGreaterThan(2_000);
  });

  it("are native English in the comments", () => {
    expect(
      found(
        passages.filter(({ kind }) => kind === "comment"),
        NOWHERE,
      ),
    ).toEqual([]);
  });

  it("are native English in the texts that people read", () => {
    const texts = passages.filter(({ kind, path }) => kind === "text" && !isOfOthers(path));
    expect(found(texts, [...NOWHERE, ...NOT_IN_TEXTS])).toEqual([]);
  });

  it("are native English in the documents", () => {
    const lines = files
      .filter((path) => path.endsWith(".md"))
      .flatMap((path) => {
        const said = readText(path).replaceAll(/`[^`\n]*`/g, "``");
        return said.split("\n").map((text, index) => ({ path, line: index + 1, text }));
      });
    expect(found(lines, NOWHERE)).toEqual([]);
  });

  it.each([
    ["a JSX text", "const a = <p>\n  Leave it\n  as it is</p>;"],
    ["an attribute", 'const a = <p title="Leave it as it is" />;'],
    ["a literal", 'const a = "Leave it as it is";'],
    ["a template without values", "const a = `Leave it as it is`;"],
    ["the beginning of a template", `const a = \`Leave it as it is: \${b}\`;`],
    ["the middle of a template", `const a = \`\${b} Leave it as it is \${c}\`;`],
    ["the end of a template", `const a = \`\${b}: Leave it as it is\`;`],
    ["a comment", "// Leave it as it is\nconst a = 1;"],
    ["a comment of several lines", "/** Leave it\n * as it is */\nexport const a = 1;"],
    ["a comment behind code", "const a = 1; // Leave it as it is"],
  ])("are found in %s", (_, source) => {
    const said = passagesOf("a.tsx", source).map((each) => ({ ...each, path: "a.tsx" }));
    expect(found(said, NOT_IN_TEXTS)).toHaveLength(1);
  });
});
