import { cutText } from "@/lib/core/canonical-text";
import { failedNodeOf } from "../parser/failed-node";
import { EnvelopeReader, messageIn } from "../parser/strip-envelope";
import type { LogNode } from "../parser/types";
import { decidingLines, type SaidLine } from "./deciding-lines";
import { failedPart } from "./failed-part";
import type { Evidence, FailedBuild, FailedPart, LogText } from "./types";

/** A failing step may say a lot before it fails: what matters is near its end. */
const MAX_LINES = 400;
/** What a command prints has no end to its lines; why it failed stands at a line's beginning. Units of UTF-16. */
export const MAX_LINE_LENGTH = 2_000;
/** What every command prints about itself says nothing about why it failed. */
const NOISE =
  /^(Step \S+$|\w+: (STARTED|FINISHED) EXECUTION|CmdExecution: (?!Stderr: \S)|\w+: (Created|Removing|Successfully removed) temporary|ExitCode -?\d+$|TOE has completed|Image transitioned|Stdout: ?$)/;
const PREFIX = /^(?:Stdout|(?:CmdExecution: )?Stderr): ?/;

/** What failed, and every line that says something about it, from AWS's answers and from the log if there is one. */
export function collectEvidence(
  build: FailedBuild,
  log: LogText | undefined,
): { failed: FailedPart; evidence: Evidence[] } {
  const { failure, reason, workflows } = build;
  const failedNode = log && failedNodeOf(log.tree);
  const said = (place: Evidence["place"], ...texts: (string | undefined)[]): Evidence[] =>
    texts.flatMap((text) => (text ? [{ place, text: cutText(text, MAX_LINE_LENGTH) }] : []));
  const messages = workflows
    .filter(({ retried }) => !retried)
    .flatMap(({ steps }) => steps)
    .filter(({ status }) => status === "FAILED" || status === "TIMED_OUT")
    .map(({ message }) => message);
  return {
    failed: failedPart(build, log, failedNode),
    evidence: [
      ...said("context", failure?.component?.error, failure?.distribution?.error),
      ...said("context", ...(failure?.distribution?.regions ?? []).map(({ error }) => error)),
      ...said("step", ...messages),
      ...(log && failedNode ? linesOf(failedNode, log) : []),
      ...said("reason", reason),
    ],
  };
}

/**
 * The lines that can decide, numbered as in the viewer. Those of a workflow step that ran no component's step are
 * Image Builder's own words about it; those of a component's step are what a command wrote.
 */
function linesOf(node: LogNode, { tree, line }: LogText): Evidence[] {
  const { firstLine, lastLine, level } = node;
  const envelopes = new EnvelopeReader();
  const lines: SaidLine[] = [];
  const block = tree.failureBlock;
  for (let number = Math.max(firstLine, lastLine - MAX_LINES); number <= lastLine; number++) {
    if (block && number >= block.firstLine && number <= block.lastLine) continue;
    const raw = line(number);
    const message = cutText(messageIn(raw, envelopes.read(raw)), MAX_LINE_LENGTH);
    if (message.trim() === "" || NOISE.test(message)) continue;
    const text = message.replace(PREFIX, "");
    if (text.trim() === "") continue;
    const isStderr = tree.stderr.some(([first, last]) => first <= number && number <= last);
    lines.push({ text, line: number + 1, isStderr });
  }
  if (level !== "step") return lines.map(({ text, line: number }) => ({ place: "step", text, line: number }));
  return decidingLines(lines).map(({ text, line: number, isStatement }) => ({
    place: "log",
    text,
    line: number,
    ...(isStatement && { isStatement }),
  }));
}
