import { cutText } from "@/lib/core/canonical-text";
/** A piece of a line in one style; `style` is a class name of ours or empty. */
export type LineSpan = { text: string; style: string };

export type DisplayLine = {
  spans: LineSpan[];
  tone: "text" | "stderr" | "machinery" | "exit-bad";
  /** Characters that are not shown because the line is very long. */
  hiddenCharacters: number;
};

/** Longer lines are cut until somebody asks for all of it. */
const LONG_LINE = 2_000;

/** AWSTOE's own talk about how it runs a command. */
const MACHINERY =
  /^(CmdExecution: |(Execute\w+|Setup|Executor|Chaining): |No 'if' conditions |Total \d+ steps )/;
const EXIT_CODE = /^(?:CmdExecution: )?ExitCode (-?\d+)$/;
const STDERR = /^(?:CmdExecution: )?Stderr: ?/;
const STDOUT = /^Stdout: ?/;
const GOOD_CODES = new Set(["0", "194", "3010"]);

/** How a line is drawn: prefixes that every line has are left out, carriage returns and colors are as a terminal has them. */
export function displayLine(
  raw: string,
  { isStderr, showAll }: { isStderr: boolean; showAll: boolean },
): DisplayLine {
  const exit = EXIT_CODE.exec(raw);
  if (exit) {
    const tone = GOOD_CODES.has(exit[1] ?? "") ? "machinery" : "exit-bad";
    return { spans: [{ text: `exit code ${exit[1]}`, style: "" }], tone, hiddenCharacters: 0 };
  }
  const isOwnStderr = STDERR.test(raw);
  const text = afterCarriageReturns(raw.replace(STDOUT, "").replace(STDERR, ""));
  const shown = showAll || text.length <= LONG_LINE ? text : cutText(text, LONG_LINE);
  const tone = isStderr || isOwnStderr ? "stderr" : MACHINERY.test(raw) ? "machinery" : "text";
  return { spans: toSpans(shown), tone, hiddenCharacters: text.length - shown.length };
}

/** A progress bar writes over its own line: what was written last is what a terminal would show. */
function afterCarriageReturns(text: string): string {
  if (!text.includes("\r")) return text;
  return text.split("\r").findLast((part) => part !== "") ?? "";
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const ESCAPE_SEQUENCES = /\u001b(?:\[([0-9;:]*)([@-~])|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[ -/]*[0-~])/g;
const COLOURS = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];

/** Colors and weights of a terminal as spans. All other control sequences are left out. */
export function toSpans(text: string): LineSpan[] {
  if (!text.includes("\u001b")) return [{ text, style: "" }];
  const spans: LineSpan[] = [];
  let state = { colour: "", bold: false, dim: false, underline: false };
  let from = 0;
  const push = (part: string) => {
    if (part === "") return;
    const style = [
      state.colour && `ansi-${state.colour}`,
      state.bold && "ansi-bold",
      state.dim && "ansi-dim",
      state.underline && "ansi-underline",
    ];
    spans.push({ text: part, style: style.filter(Boolean).join(" ") });
  };
  for (const match of text.matchAll(ESCAPE_SEQUENCES)) {
    push(text.slice(from, match.index));
    from = match.index + match[0].length;
    if (match[2] === "m") state = applyCodes(state, match[1] ?? "");
  }
  push(text.slice(from));
  return spans;
}

type TextStyle = { colour: string; bold: boolean; dim: boolean; underline: boolean };

function applyCodes(before: TextStyle, list: string): TextStyle {
  const codes = list.split(/[;:]/).map(Number);
  let state = before;
  for (let index = 0; index < codes.length; index++) {
    const code = codes[index] ?? 0;
    if (code === 0) state = { colour: "", bold: false, dim: false, underline: false };
    else if (code === 1) state = { ...state, bold: true };
    else if (code === 2) state = { ...state, dim: true };
    else if (code === 4) state = { ...state, underline: true };
    else if (code === 22) state = { ...state, bold: false, dim: false };
    else if (code === 24) state = { ...state, underline: false };
    else if (code === 39) state = { ...state, colour: "" };
    else if (code >= 30 && code <= 37) state = { ...state, colour: COLOURS[code - 30] ?? "" };
    else if (code >= 90 && code <= 97) state = { ...state, colour: COLOURS[code - 90] ?? "" };
    // 256 colours and true colour would not be readable on both themes: their text keeps the ink.
    else if (code === 38 || code === 48) index += codes[index + 1] === 5 ? 2 : 4;
  }
  return state;
}

/** Cuts spans where a search hits, in the text that is shown. */
export function markMatches(spans: LineSpan[], pattern: RegExp): (LineSpan & { isMatch: boolean })[] {
  return spans.flatMap((span) => {
    const parts: (LineSpan & { isMatch: boolean })[] = [];
    let from = 0;
    for (const match of span.text.matchAll(pattern)) {
      if (match[0] === "") continue;
      if (match.index > from)
        parts.push({ ...span, text: span.text.slice(from, match.index), isMatch: false });
      parts.push({ ...span, text: match[0], isMatch: true });
      from = match.index + match[0].length;
    }
    if (from < span.text.length || span.text === "") {
      parts.push({ ...span, text: span.text.slice(from), isMatch: false });
    }
    return parts;
  });
}
