import ts from "typescript";

/** A phrase that no reader of English would write, and what to write instead. */
export interface Phrase {
  wrong: RegExp;
  instead: string;
}

/** Kept out of texts, comments and documents alike: British spellings, and what reads as translated. */
export const NOWHERE: Phrase[] = [
  { wrong: /\borganis(ation|e)/i, instead: "organization, as AWS spells it" },
  { wrong: /\blicences?\b/i, instead: "license" },
  { wrong: /\bcolour/i, instead: "color" },
  {
    wrong: /\b(recogn|optim|normal|serial|initial|author|custom|summar|visual)is(e|ed|es|ing|ation)\b/i,
    instead: "-ize",
  },
  { wrong: /\b(behaviour|favour|honour|neighbouring)/i, instead: "-or" },
  { wrong: /\b(catalogue|judgement|whilst|centre)\b/i, instead: "catalog, judgment, while, center" },
  { wrong: /\bend(s|ed)? good\b/i, instead: "succeeded" },
  { wrong: /\b(last|newest|latest) good (build|image)/i, instead: "last successful build" },
  { wrong: /\b(is|are) to come\b/i, instead: "say when" },
  { wrong: /\bat most so long\b/i, instead: "p50, p95" },
  { wrong: /\b(can ?not|could not|can't) be had\b/i, instead: "couldn't be read" },
];

/** Kept out of what people read in the console: texts, messages, labels. */
export const NOT_IN_TEXTS: Phrase[] = [
  { wrong: /\bcannot be (shown|compared|searched|looked at)\b/i, instead: "Couldn't load …" },
  { wrong: /\bgo(es)? on\b(?! at)/i, instead: "continue" },
  { wrong: /\bby hand\b/i, instead: "manually" },
  { wrong: /\bLeave (it|them)? ?as (it is|they are)\b/i, instead: "Cancel" },
  { wrong: /\bat least one [\w ]+, or none( at all)?\b/i, instead: "or leave the list empty" },
  { wrong: /\b(is|was) needed\.$/i, instead: "Enter …, or … is required" },
  { wrong: /\b(a key|keys|a name) of (yours|its own|ours)\b/i, instead: "customer managed key" },
  {
    wrong: /\bAWS (refused|would take|has trouble|slows|has no more)\b/i,
    instead: "say what failed: Access denied, throttled",
  },
  { wrong: /\bTrying again may help\b/i, instead: "Try again." },
  { wrong: /\bLook(s|ing)? (for what|at the account|with whom)\b/i, instead: "Checking …" },
  {
    wrong: /\b(Nothing|Something|Some) (that can be seen|may be missing)\b/i,
    instead: "The list may be incomplete.",
  },
  { wrong: /\ball the same\b/i, instead: "anyway" },
  { wrong: /\b(not|nothing) on record\b/i, instead: "No events yet, not recorded" },
  { wrong: /\bnewest\b/i, instead: "latest" },
  { wrong: /\b(cannot|could not) be brought back\b/i, instead: "can't be undone" },
  { wrong: /\bWhat (uses|changed since|is in the|AWS (says|must))\b/, instead: "a noun" },
  { wrong: /\bdoes not answer\b/i, instead: "isn't responding" },
  { wrong: /\bno such (time|build|thing)\b/i, instead: "not found" },
  { wrong: /\b[Gg]ive (it|them|the \w+ either)\b/, instead: "enter, add" },
];

interface Passage {
  kind: "text" | "comment";
  line: number;
  text: string;
}

/**
 * What a source says in words: the comments, and the literals and JSX texts that are more than one word. Template
 * texts come in their parts. Literals of SQL, imports and single words, which are values, are left out.
 */
export function passagesOf(path: string, source: string): Passage[] {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true);
  const found = new Map<number, Passage>();
  const add = (kind: Passage["kind"], from: number, text: string) =>
    found.set(from, { kind, line: file.getLineAndCharacterOfPosition(from).line + 1, text });
  const visit = (node: ts.Node) => {
    for (const at of [node.getFullStart(), node.getEnd()]) {
      const ranges =
        at === node.getEnd()
          ? ts.getTrailingCommentRanges(source, at)
          : ts.getLeadingCommentRanges(source, at);
      for (const { pos, end } of ranges ?? [])
        add("comment", pos, source.slice(pos, end).replaceAll(/\s*\n\s*(\*(?!\/))?\s*/g, " "));
    }
    if (
      ts.isTaggedTemplateExpression(node) ||
      ts.isImportDeclaration(node) ||
      ts.isRegularExpressionLiteral(node)
    )
      return;
    if (
      ts.isJsxText(node) ||
      ts.isStringLiteralLike(node) ||
      ts.isTemplateHead(node) ||
      ts.isTemplateMiddleOrTemplateTail(node)
    ) {
      const text = node.text.replaceAll(/\s+/g, " ");
      if (/[a-z] \w/i.test(text)) add("text", node.getStart(), text);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return [...found.values()];
}
