import { type FailureField, type LogLineMeaning, readLogLine } from "./read-log-line";
import { EnvelopeReader, messageIn } from "./strip-envelope";
import { type FailureBlock, LOG_LEVELS, type LogLevel, type LogNode, type LogTree } from "./types";

/** https://docs.aws.amazon.com/imagebuilder/latest/userguide/toe-action-modules.html: these ask for a restart. */
const RESTART_CODES = new Set([194, 3010]);
const ENDED_STATES = new Set(["AVAILABLE", "FAILED", "CANCELLED"]);

const FIELD_KEYS: Record<FailureField, Exclude<keyof FailureBlock, "firstLine" | "lastLine">> = {
  Document: "document",
  ComponentArn: "componentArn",
  Phase: "phase",
  Step: "step",
  Action: "action",
  ErrorMessage: "errorMessage",
  Stderr: "stderr",
};

const depthOf = (level: LogLevel) => LOG_LEVELS.indexOf(level);

/** A node that has not ended, with what its parts have said about it. */
type OpenNode = { node: LogNode; hasParts: boolean; hasFailedPart: boolean };

/**
 * Reads a build log line by line and says which lines belong to what. It holds no text: lines stay where they are,
 * whether it understands them or not. Facts about the lines: https://docs.aws.amazon.com/imagebuilder/latest/userguide/toe-component-manager.html
 */
export class LogParser {
  /** Grows with each line; the nodes in it change until they end. */
  readonly tree: LogTree = { lineCount: 0, nodes: [], polls: [], stderr: [] };
  private readonly envelopes = new EnvelopeReader();
  /** Open nodes, outermost first. */
  private open: OpenNode[] = [];
  /** Lines without a prefix go on the stderr before them. `command`: only its exit code ends it. */
  private stderr: "none" | "empty" | "command" | "block" = "none";
  /** Between a restart and the step that goes on after it. */
  private isResuming = false;
  private runStart = 0;
  /** For each step that runs documents of its own: how many nodes were open when it began to. */
  private nested: number[] = [];

  /** Takes the next line, without its `\n`. `time` is that of its CloudWatch event, in epoch milliseconds. */
  push(line: string, time?: number): void {
    const envelope = this.envelopes.read(line);
    const at = time ?? envelope.timestamp;
    const number = this.tree.lineCount++;
    const meaning: LogLineMeaning = envelope.isDebug
      ? { kind: "output" }
      : readLogLine(messageIn(line, envelope));
    this.take(meaning, number, at, line);
    for (const { node } of this.open) {
      node.lastLine = number;
      if (at !== undefined) node.endedAt = at;
    }
  }

  /** Whether the next line counts even if it is nothing of AWS's own. */
  get needsText(): boolean {
    return this.stderr !== "none" || this.envelopes.isInQuotes;
  }

  /** Takes a line that is surely nothing but output, while text is not needed: only its number and time matter. */
  pushOutput(time?: number): void {
    const number = this.tree.lineCount++;
    for (const { node } of this.open) {
      node.lastLine = number;
      if (time !== undefined) node.endedAt = time;
    }
  }

  private take(meaning: LogLineMeaning, line: number, at: number | undefined, text: string): void {
    const isPlainText =
      meaning.kind === "unknown" ||
      (this.stderr === "command" && (meaning.kind === "step" || meaning.kind === "phase"));
    if (isPlainText) {
      if (this.stderr !== "none") this.addStderr(line, text);
      return;
    }
    if (meaning.kind !== "poll") this.stderr = "none";
    switch (meaning.kind) {
      case "stage":
        if (meaning.state === "FAILED") this.failRestart();
        this.closeFrom("stage", meaning.state === "FAILED" ? "failed" : "succeeded");
        if (!ENDED_STATES.has(meaning.state)) this.begin("stage", meaning.state, line, at);
        return;
      case "workflow":
        this.begin("workflow", meaning.arn, line, at, meaning.type);
        return;
      case "before-workflow-step":
        this.closeFrom("workflow-step", "succeeded");
        return;
      case "workflow-step":
        this.begin("workflow-step", meaning.name, line, at, meaning.action);
        return;
      case "workflow-step-failed":
        this.failRestart();
        this.failWorkflowStep(meaning.name);
        return;
      case "command-failed":
        this.failRestart();
        this.nested = [];
        this.closeFrom("document", "failed");
        return;
      case "poll":
        this.addPoll(meaning.what, line, at);
        return;
      case "document":
      case "phase":
      case "step":
        this.beginOrResume(meaning.kind, meaning.name, line, at);
        return;
      case "stderr":
        this.stderr = meaning.text.trim() === "" ? "empty" : "command";
        if (this.stderr === "command") this.tree.stderr.push([line, line]);
        return;
      case "exit-code":
        this.setExitCode(meaning.code);
        return;
      case "failure-field":
        this.addFailureField(meaning.field, meaning.value, line);
        return;
      case "nested-began":
        this.beginNested();
        return;
      case "nested-ended":
        this.endNested();
        return;
      case "rebooting":
        this.isResuming = this.innermost("document") !== undefined;
        this.tree.restartingNode ??= this.innermost("step")?.id;
        return;
      case "run-ended":
        this.endRun(meaning.succeeded);
        return;
      case "module-ended":
      case "output":
        return;
    }
  }

  private begin(level: LogLevel, name: string, line: number, at: number | undefined, detail?: string): void {
    this.closeFrom(level, "succeeded");
    this.tree.restartingNode = undefined;
    const outer = this.open.at(-1);
    if (outer) outer.hasParts = true;
    const node: LogNode = {
      id: this.tree.nodes.length,
      level,
      name,
      firstLine: line,
      lastLine: line,
      outcome: "running",
      reboots: 0,
      ...(outer && { parent: outer.node.id }),
      ...(detail !== undefined && { detail }),
      ...(at !== undefined && { startedAt: at, endedAt: at }),
    };
    this.tree.nodes.push(node);
    this.open.push({ node, hasParts: false, hasFailedPart: false });
  }

  /** After a restart AWSTOE prints document, phase and step again: they are the ones that were open. */
  private beginOrResume(
    level: "document" | "phase" | "step",
    name: string,
    line: number,
    at: number | undefined,
  ): void {
    const node = this.innermost(level, name);
    if (this.isResuming && node) {
      // The steps around nested documents are told again before the one that goes on.
      if (level !== "step" || node !== this.innermost("step")) return;
      this.isResuming = false;
      this.tree.restartingNode = undefined;
      node.reboots++;
      node.exitCode = undefined;
      return;
    }
    this.isResuming = false;
    this.begin(level, name, line, at);
  }

  /** ExecuteDocument: the documents from here on belong to the step that runs it. */
  private beginNested(): void {
    if (this.isResuming || this.open.at(-1)?.node.level !== "step") return;
    this.nested.push(this.open.length);
  }

  /** What comes next belongs to the step that ran the documents, and to the document around it. */
  private endNested(): void {
    const outer = this.nested.at(-1);
    if (outer === undefined) return;
    this.closeDownTo(outer, "succeeded");
    this.nested.pop();
  }

  /** Closes what is open at `level` and below, within the documents that are being run. `outcome` holds for those that have not failed by themselves. */
  private closeFrom(level: LogLevel, outcome: "succeeded" | "failed"): void {
    const depth = depthOf(level);
    // Outside of documents nothing nests, and a new run of AWSTOE knows nothing of the last one.
    if (depth < depthOf("document")) this.nested = [];
    const outer = this.nested.at(-1) ?? 0;
    const first = this.open.findIndex(({ node }, index) => index >= outer && depthOf(node.level) >= depth);
    if (first >= 0) this.closeDownTo(first, outcome);
  }

  private closeDownTo(count: number, outcome: "succeeded" | "failed"): void {
    while (this.open.length > count) {
      const last = this.open.pop();
      if (!last) return;
      const { node } = last;
      if (node.outcome === "running")
        node.outcome = hasFailed(last, outcome === "failed") ? "failed" : "succeeded";
      if (node.outcome !== "failed") continue;
      const outer = this.open.at(-1);
      if (outer) outer.hasFailedPart = true;
      this.blame(node);
    }
  }

  private endRun(succeeded: boolean): void {
    this.nested = [];
    this.closeFrom("document", succeeded ? "succeeded" : "failed");
    this.isResuming = false;
    // Failures that AWSTOE was told to ignore leave their step red, and nothing above it.
    const own = this.tree.nodes.slice(this.runStart);
    const outer = new Set(own.map(({ parent }) => parent));
    for (const node of own) if (succeeded && outer.has(node.id)) node.outcome = "succeeded";
    this.runStart = this.tree.nodes.length;
  }

  private failWorkflowStep(name: string): void {
    const node = this.tree.nodes.findLast((each) => each.level === "workflow-step" && each.name === name);
    if (!node) return;
    node.outcome = "failed";
    this.blame(node);
  }

  /** What went on after it was no failure that ended the run: a restart that never came back is. */
  private failRestart(): void {
    const { restartingNode, nodes } = this.tree;
    const step = restartingNode === undefined ? undefined : nodes[restartingNode];
    if (!step) return;
    step.outcome = "failed";
    this.tree.failedNode = step.id;
    this.tree.restartingNode = undefined;
  }

  private setExitCode(code: number): void {
    const step = this.innermost("step");
    if (!step) return;
    step.exitCode = code;
    if (RESTART_CODES.has(code)) {
      this.isResuming = true;
      this.tree.restartingNode = step.id;
    }
    if (!isGood(code)) this.blame(step);
  }

  /** Keeps the first step that failed; a workflow step only as long as no step inside it did. */
  private blame(node: LogNode): void {
    if (node.level !== "step" && node.level !== "workflow-step") return;
    const known = this.tree.failedNode === undefined ? undefined : this.tree.nodes[this.tree.failedNode];
    if (!known || (known.level === "workflow-step" && node.level === "step")) this.tree.failedNode = node.id;
  }

  private addStderr(line: number, text: string): void {
    const last = this.tree.stderr.at(-1);
    if (last && last[1] === line - 1) last[1] = line;
    else if (text.trim() !== "") this.tree.stderr.push([line, line]);
    const { failureBlock } = this.tree;
    if (this.stderr !== "block" || !failureBlock) return;
    failureBlock.lastLine = line;
    failureBlock.stderr = `${failureBlock.stderr ?? ""}\n${text}`;
  }

  private addFailureField(field: FailureField, value: string, line: number): void {
    const block = this.tree.failureBlock ?? { firstLine: line, lastLine: line };
    // Only the first failed step has a block; another one would be of a later run.
    if (this.tree.failureBlock && line > block.lastLine + 1) return;
    block[FIELD_KEYS[field]] = value;
    block.lastLine = line;
    this.tree.failureBlock = block;
    if (field === "Step") this.blameNamed(block);
    if (field === "Stderr") {
      this.stderr = "block";
      if (value.trim() !== "") this.tree.stderr.push([line, line]);
    }
  }

  private blameNamed({ step: name }: FailureBlock): void {
    const step = this.tree.nodes.findLast((node) => node.level === "step" && node.name === name);
    if (!step || (step.exitCode !== undefined && isGood(step.exitCode))) return;
    step.outcome = "failed";
    this.blame(step);
  }

  private addPoll(what: string, line: number, at: number | undefined): void {
    const last = this.tree.polls.at(-1);
    if (last && last.what === what && last.lastLine === line - 1) {
      last.lastLine = line;
      if (at !== undefined) last.endedAt = at;
      return;
    }
    this.tree.polls.push({
      what,
      firstLine: line,
      lastLine: line,
      ...(at !== undefined && { startedAt: at, endedAt: at }),
    });
  }

  private innermost(level: LogLevel, name?: string): LogNode | undefined {
    return this.open.findLast(
      ({ node }) => node.level === level && (name === undefined || node.name === name),
    )?.node;
  }
}

/** A failure that no part admits is that of the innermost node without an exit code of its own. */
function hasFailed({ node, hasParts, hasFailedPart }: OpenNode, endedBadly: boolean): boolean {
  if (node.exitCode !== undefined) return !isGood(node.exitCode);
  return hasFailedPart || (endedBadly && !hasParts);
}

const isGood = (code: number) => code === 0 || RESTART_CODES.has(code);

/** Reads a whole log. Lines end with `\n`; the last one need not. */
export function parseLog(text: string, times?: ArrayLike<number>): LogTree {
  const parser = new LogParser();
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  for (const [index, line] of lines.entries()) parser.push(line, times?.[index]);
  return parser.tree;
}
