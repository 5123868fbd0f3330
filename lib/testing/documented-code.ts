import { readText } from "./project-files";

/** The blocks of code in a document that it marks as tested, by language, in order. */
export function testedBlocks(document: string, test: string): { language: string; code: string }[] {
  const MARKED = /<!-- tested: (\S+) -->\n```(\w+)\n([\s\S]*?)```/g;
  return [...readText(document).matchAll(MARKED)]
    .filter(([, by]) => by === test)
    .map(([, , language = "", code = ""]) => ({ language, code }));
}
