import type { ImageBuild } from "@/lib/image-builder/image-builds/types";
import { EnvelopeReader, messageIn } from "../parser/strip-envelope";
import type { LogNode, LogTree } from "../parser/types";
import type { Evidence, FailedPart } from "./types";

/** A failing step may say a lot before it fails: what matters is near its end. */
const MAX_LINES = 400;
/** What every command prints about itself says nothing about why it failed. */
const NOISE =
  /^(Step \S+$|\w+: (STARTED|FINISHED) EXECUTION|CmdExecution: (?!Stderr: \S)|\w+: (Created|Removing|Successfully removed) temporary|ExitCode -?\d+$|TOE has completed|Image transitioned|Stdout: ?$)/;
const PREFIX = /^(?:Stdout|(?:CmdExecution: )?Stderr): ?/;

export type LogText = { tree: LogTree; line: (number: number) => string };

/** What failed, and every line that says something about it, from AWS's answers and from the log if there is one. */
export function collectEvidence(
  build: Pick<ImageBuild, "failure" | "reason" | "workflows">,
  log: LogText | undefined,
): { failed: FailedPart; evidence: Evidence[] } {
  const { failure, reason, workflows } = build;
  const failedNode = log?.tree.failedNode === undefined ? undefined : log.tree.nodes[log.tree.failedNode];
  const said = (place: Evidence["place"], ...texts: (string | undefined)[]): Evidence[] =>
    texts.flatMap((text) => (text ? [{ place, text }] : []));
  const messages = workflows
    .filter(({ retried }) => !retried)
    .flatMap(({ steps }) => steps)
    .filter(({ status }) => status === "FAILED" || status === "TIMED_OUT")
    .map(({ message }) => message);
  return {
    failed: failedPart(build, log?.tree, failedNode),
    evidence: [
      ...said("context", failure?.component?.error, failure?.distribution?.error),
      ...said("context", ...(failure?.distribution?.regions ?? []).map(({ error }) => error)),
      ...said("step", ...messages),
      ...(log && failedNode ? linesOf(failedNode, log) : []),
      ...said("reason", reason),
    ],
  };
}

function failedPart(
  { failure, reason = "" }: Pick<ImageBuild, "failure" | "reason">,
  tree: LogTree | undefined,
  node: LogNode | undefined,
): FailedPart {
  const up = (level: LogNode["level"]): LogNode | undefined => {
    for (let each = node; each; each = each.parent === undefined ? undefined : tree?.nodes[each.parent]) {
      if (each.level === level) return each;
    }
    return undefined;
  };
  const step = up("step");
  const part: FailedPart = {
    stage: failure?.stage ?? up("stage")?.name ?? /in state = '([A-Z]+)'/.exec(reason)?.[1],
    workflowStep: failure?.failedStep ?? up("workflow-step")?.name,
    component: failure?.component?.arn ?? up("document")?.name,
    phase: failure?.component?.phase ?? up("phase")?.name,
    step: failure?.component?.step ?? step?.name,
    exitCode: step?.exitCode,
  };
  return Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined));
}

/** Stderr first: it is where a command says why. Numbers are those the viewer shows. */
function linesOf({ firstLine, lastLine }: LogNode, { tree, line }: LogText): Evidence[] {
  const envelopes = new EnvelopeReader();
  const evidence: (Evidence & { isStderr: boolean })[] = [];
  const block = tree.failureBlock;
  for (let number = Math.max(firstLine, lastLine - MAX_LINES); number <= lastLine; number++) {
    if (block && number >= block.firstLine && number <= block.lastLine) continue;
    const raw = line(number);
    const message = messageIn(raw, envelopes.read(raw));
    if (message.trim() === "" || NOISE.test(message)) continue;
    const text = message.replace(PREFIX, "");
    if (text.trim() === "") continue;
    const isStderr = tree.stderr.some(([first, last]) => first <= number && number <= last);
    evidence.push({ place: "log", text, line: number + 1, isStderr });
  }
  return evidence
    .toSorted((a, b) => Number(b.isStderr) - Number(a.isStderr))
    .map(({ isStderr: _, ...each }) => each);
}
