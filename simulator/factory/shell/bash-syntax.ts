/** The part of bash's grammar that component documents use, as a tree. */

export type WordPart =
  | { kind: "text"; text: string; quoted: boolean }
  | { kind: "variable"; name: string; quoted: boolean; operator?: string; operand?: Word; index?: string }
  | { kind: "command"; body: List; quoted: boolean }
  | { kind: "arithmetic"; expression: string; quoted: boolean };

export type Word = WordPart[];

export interface Redirect {
  operator: string;
  descriptor: number;
  target: Word;
}

export interface Assignment {
  name: string;
  append: boolean;
  value: Word;
  /** `name=(a b)` */
  items?: Word[];
}

export type Node =
  | { kind: "simple"; assignments: Assignment[]; words: Word[]; redirects: Redirect[]; line: number }
  | { kind: "if"; arms: { test: List; body: List }[]; otherwise?: List; redirects: Redirect[] }
  | { kind: "for"; name: string; items?: Word[]; body: List; redirects: Redirect[] }
  | { kind: "while"; until: boolean; test: List; body: List; redirects: Redirect[] }
  | { kind: "case"; subject: Word; arms: { patterns: Word[]; body: List }[]; redirects: Redirect[] }
  | { kind: "group"; body: List; subshell: boolean; redirects: Redirect[] }
  | { kind: "function"; name: string; body: Node }
  | { kind: "test"; tokens: (Word | string)[]; redirects: Redirect[] }
  | { kind: "arithmetic"; expression: string; redirects: Redirect[] };

export interface Pipeline {
  negated: boolean;
  commands: Node[];
}

/** `first && second || third ...` */
export interface AndOr {
  first: Pipeline;
  rest: { operator: "&&" | "||"; pipeline: Pipeline }[];
  line: number;
}

export type List = AndOr[];

/** The text of a word when it holds nothing to expand. */
export function literal(word: Word | undefined): string | undefined {
  if (!word) return undefined;
  let text = "";
  for (const part of word) {
    if (part.kind !== "text") return undefined;
    text += part.text;
  }
  return text;
}
