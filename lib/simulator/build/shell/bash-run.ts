import { runCommand } from "./bash-commands";
import { ExitSignal, type Shell, type Streams } from "./bash-contract";
import { arithmetic, expandFields, expandPattern, expandText, globMatches } from "./bash-expand";
import { failsOnItsFace } from "./bash-outlook";
import { parseBash, UnreadableScript } from "./bash-parser";
import type { AndOr, List, Node, Pipeline, Redirect } from "./bash-syntax";
import { testExpression } from "./bash-test";
import { UnexpectedEnd } from "./bash-words";
import { initialVariables } from "./linux-facts";
import {
  isUnknown,
  type Machine,
  OK,
  ScriptOutput,
  type ScriptResult,
  type Status,
  UNKNOWN,
} from "./machine";

class ReturnSignal extends Error {
  constructor(readonly status: Status) {
    super("return");
  }
}
class LoopSignal extends Error {
  constructor(readonly word: "break" | "continue") {
    super(word);
  }
}

const MAX_COMMANDS = 20_000;
const MAX_ROUNDS = 1000;

/** One bash process on a machine. */
export class BashShell implements Shell {
  readonly variables: Map<string, string>;
  readonly lists = new Map<string, string[]>();
  readonly functions = new Map<string, Node>();
  readonly options = { errexit: false, pipefail: false, xtrace: false };
  folder = "/root";
  clockMs = 0;
  line = 1;
  private commands = 0;
  private guarded = 0;

  constructor(
    readonly machine: Machine,
    readonly epochMs: number,
  ) {
    this.variables = initialVariables(machine);
  }

  get(name: string): string | undefined {
    if (name === "#") return String(this.lists.get("@")?.length ?? 0);
    if (/^[1-9]$/.test(name)) return this.lists.get("@")?.[Number(name) - 1];
    return this.variables.get(name) ?? this.lists.get(name)?.[0];
  }

  set(name: string, value: string): void {
    this.variables.set(name, value);
  }

  items(name: string): string[] | undefined {
    const single = this.variables.get(name);
    return this.lists.get(name) ?? (single === undefined ? undefined : [single]);
  }

  capture(body: List): string {
    let text = "";
    const status = this.subshell(() =>
      this.runList(body, { out: (part) => (text += part), err: this.stderr }),
    );
    this.set("?", String(status.code));
    return text;
  }

  /** Where warnings of substitutions go; set while a script runs. */
  stderr: (text: string) => void = () => {};

  /** Runs with a copy of the variables, and turns `exit` into a status. */
  subshell(run: () => Status): Status {
    const saved = new Map(this.variables);
    const { folder } = this;
    try {
      return run();
    } catch (signal) {
      if (signal instanceof ExitSignal && !signal.lost) return { code: signal.code };
      throw signal;
    } finally {
      const last = this.variables.get("?") ?? "0";
      this.variables.clear();
      for (const [name, value] of saved) this.variables.set(name, value);
      this.variables.set("?", last);
      this.folder = folder;
    }
  }

  runList(list: List, io: Streams): Status {
    let status = OK;
    for (const entry of list) {
      this.line = entry.line;
      status = this.runAndOr(entry, io);
    }
    return status;
  }

  private runAndOr(entry: AndOr, io: Streams): Status {
    const chained = entry.rest.length > 0;
    if (chained) this.guarded++;
    let status: Status;
    try {
      status = this.runPipeline(entry.first, io);
    } finally {
      if (chained) this.guarded--;
    }
    for (const [index, { operator, pipeline }] of entry.rest.entries()) {
      let holds = status.code === 0;
      if (status.undecided && failsOnItsFace(pipeline, this.machine.restarts)) holds = operator === "||";
      if (holds !== (operator === "&&")) {
        if (status.undecided && operator === "&&") status = { code: 1, undecided: true };
        continue;
      }
      const last = index === entry.rest.length - 1;
      if (!last) this.guarded++;
      try {
        status = this.runPipeline(pipeline, io);
      } finally {
        if (!last) this.guarded--;
      }
      if (last) this.exitOnError(status);
    }
    if (!chained) this.exitOnError(status);
    this.set("?", String(status.code));
    return status;
  }

  private exitOnError(status: Status): void {
    if (this.options.errexit && this.guarded === 0 && status.code !== 0 && !status.undecided)
      throw new ExitSignal(status.code);
  }

  private runPipeline(pipeline: Pipeline, io: Streams): Status {
    if (pipeline.negated) this.guarded++;
    let status: Status = OK;
    let broken: Status | undefined;
    try {
      let { input } = io;
      for (const [index, command] of pipeline.commands.entries()) {
        const last = index === pipeline.commands.length - 1;
        let piped = "";
        const streams: Streams = {
          ...(input === undefined ? {} : { input }),
          out: last ? io.out : (text) => (piped += text),
          err: io.err,
        };
        status =
          last && index === 0
            ? this.runNode(command, streams)
            : this.subshell(() => this.runNode(command, streams));
        if (status.code !== 0) broken = status;
        input = piped;
      }
    } finally {
      if (pipeline.negated) this.guarded--;
    }
    if (this.options.pipefail && broken) status = broken;
    return pipeline.negated ? { ...status, code: status.code === 0 ? 1 : 0 } : status;
  }

  private test(list: List, io: Streams): Status {
    this.guarded++;
    try {
      return this.runList(list, io);
    } finally {
      this.guarded--;
    }
  }

  private runNode(node: Node, io: Streams): Status {
    if (++this.commands > MAX_COMMANDS) throw new ExitSignal(0);
    if (node.kind === "function") {
      this.functions.set(node.name, node.body);
      return OK;
    }
    const streams = this.redirect(node.redirects, io);
    switch (node.kind) {
      case "simple":
        return this.runSimple(node, streams);
      case "if":
        return this.runIf(node, streams);
      case "for":
        return this.runFor(node, streams);
      case "while":
        return this.runWhile(node, streams);
      case "case":
        return this.runCase(node, streams);
      case "group":
        return node.subshell
          ? this.subshell(() => this.runList(node.body, streams))
          : this.runList(node.body, streams);
      case "test":
        return testExpression(node.tokens, this, this.machine.files);
      case "arithmetic":
        return this.runArithmetic(node.expression);
    }
  }

  private runArithmetic(expression: string): Status {
    const step = /^\s*([A-Za-z_]\w*)\s*(\+\+|--|\+=|-=|=(?!=))(.*)$/.exec(expression);
    if (!step) {
      const value = arithmetic(expression, this);
      return isUnknown(value) ? { code: 0, undecided: true } : { code: value === "0" ? 1 : 0 };
    }
    const [, name = "", operator = "", rest = ""] = step;
    const change = operator.length === 2 && rest.trim() === "" ? "1" : rest;
    this.set(name, arithmetic(operator === "=" ? change : `${name} ${operator.charAt(0)} (${change})`, this));
    return OK;
  }

  /** The first arm whose test holds; an undecided test does not choose an arm that fails on its face. */
  private runIf(node: Extract<Node, { kind: "if" }>, io: Streams): Status {
    for (const [index, { test, body }] of node.arms.entries()) {
      const status = this.test(test, io);
      let holds = status.code === 0;
      if (status.undecided) {
        const other = node.arms[index + 1]?.body ?? node.otherwise ?? [];
        if (holds && failsOnItsFace(body, this.machine.restarts)) holds = false;
        else if (
          !holds &&
          failsOnItsFace(other, this.machine.restarts) &&
          !failsOnItsFace(body, this.machine.restarts)
        )
          holds = true;
      }
      if (holds) return this.runList(body, io);
    }
    return node.otherwise ? this.runList(node.otherwise, io) : OK;
  }

  private runFor(node: Extract<Node, { kind: "for" }>, io: Streams): Status {
    const items = node.items
      ? node.items.flatMap((item) => expandFields(item, this))
      : (this.items("@") ?? []);
    let status = OK;
    for (const item of items.slice(0, MAX_ROUNDS)) {
      this.set(node.name, item);
      if (!this.round(() => (status = this.runList(node.body, io)))) break;
    }
    return status;
  }

  private runWhile(node: Extract<Node, { kind: "while" }>, io: Streams): Status {
    let status = OK;
    const reading = /^read$/.test(firstWord(node.test));
    const lines =
      reading && io.input !== undefined ? io.input.split("\n").filter((line) => line !== "") : undefined;
    for (let rounds = 0; rounds < MAX_ROUNDS; rounds++) {
      const line = lines?.[rounds];
      if (lines && line === undefined) break;
      const tested = this.test(node.test, line === undefined ? io : { ...io, input: line });
      // What is undecided is waited for once at most: the simulator never loops on a guess.
      if ((tested.code === 0) === node.until || (tested.undecided && rounds > 0)) break;
      if (!this.round(() => (status = this.runList(node.body, io))) || (reading && !lines)) break;
    }
    return status;
  }

  private round(run: () => void): boolean {
    try {
      run();
      return true;
    } catch (signal) {
      if (!(signal instanceof LoopSignal)) throw signal;
      return signal.word === "continue";
    }
  }

  private runCase(node: Extract<Node, { kind: "case" }>, io: Streams): Status {
    const subject = expandText(node.subject, this);
    const unknown = isUnknown(subject);
    for (const arm of node.arms) {
      const matches = arm.patterns.some((pattern) => globMatches(expandPattern(pattern, this), subject));
      if (unknown ? !failsOnItsFace(arm.body, this.machine.restarts) : matches)
        return this.runList(arm.body, io);
    }
    return OK;
  }

  private runSimple(node: Extract<Node, { kind: "simple" }>, io: Streams): Status {
    this.line = node.line;
    this.set("?", this.get("?") ?? "0");
    let captured: string | undefined;
    for (const { name, append, value, items } of node.assignments) {
      if (items)
        this.lists.set(name, [
          ...(append ? (this.items(name) ?? []) : []),
          ...items.flatMap((item) => expandFields(item, this)),
        ]);
      else this.set(name, (append ? (this.get(name) ?? "") : "") + expandText(value, this));
      if (value.some((part) => part.kind === "command")) captured = this.get("?");
    }
    const words = node.words.flatMap((word) => expandFields(word, this));
    const [name, ...args] = words;
    if (name === undefined) return { code: node.words.length > 0 ? 0 : Number(captured ?? 0) };
    if (this.options.xtrace) io.err(`+ ${words.join(" ")}\n`);
    return this.call(name, args, io);
  }

  /** Runs a command by name: function, control word or program. */
  call(name: string, args: string[], io: Streams): Status {
    const body = this.functions.get(name);
    if (body) return this.callFunction(body, args, io);
    const status = (fallback: string) => Number.parseInt(args[0] ?? fallback, 10) & 255;
    if (name === "exit") throw new ExitSignal(isUnknown(args[0] ?? "") ? 0 : status(this.get("?") ?? "0"));
    if (name === "return")
      throw new ReturnSignal({ code: isUnknown(args[0] ?? "") ? 0 : status(this.get("?") ?? "0") });
    if (name === "break" || name === "continue") throw new LoopSignal(name);
    if (name === "eval") return this.runList(parseOr(args.join(" ")), io);
    if (name === "set") {
      this.setOptions(args);
      return OK;
    }
    return runCommand(this, name, args, io);
  }

  private setOptions(args: readonly string[]): void {
    for (const [index, arg] of args.entries()) {
      const on = arg.startsWith("-");
      if (arg === "--") {
        this.lists.set("@", args.slice(index + 1));
        return;
      }
      if (arg === "pipefail") this.options.pipefail = args[index - 1]?.startsWith("-") ?? false;
      if (arg === "errexit") this.options.errexit = args[index - 1]?.startsWith("-") ?? false;
      if (!/^[-+][a-z]+$/i.test(arg)) continue;
      if (arg.includes("e")) this.options.errexit = on;
      if (arg.includes("x")) this.options.xtrace = on;
    }
  }

  script(text: string, io: Streams): Status {
    return this.subshell(() => this.runList(readScript(text, io), io));
  }

  private callFunction(body: Node, args: string[], io: Streams): Status {
    const outer = this.lists.get("@");
    this.lists.set("@", args);
    try {
      return this.runNode(body, io);
    } catch (signal) {
      if (signal instanceof ReturnSignal) return signal.status;
      throw signal;
    } finally {
      if (outer) this.lists.set("@", outer);
      else this.lists.delete("@");
    }
  }

  path(name: string): string {
    const joined = name.startsWith("/") || isUnknown(name) ? name : `${this.folder}/${name}`;
    const parts: string[] = [];
    for (const part of joined.split("/")) {
      if (part === "..") parts.pop();
      else if (part !== "" && part !== ".") parts.push(part);
    }
    return `/${parts.join("/")}`;
  }

  private redirect(redirects: readonly Redirect[], io: Streams): Streams {
    const streams = { ...io };
    for (const { operator, descriptor, target } of redirects) {
      const text = expandText(target, this);
      if (operator === "<<" || operator === "<<-") streams.input = text;
      else if (operator === "<<<") streams.input = `${text}\n`;
      else if (operator === "<") streams.input = this.machine.files.get(this.path(text)) ?? UNKNOWN;
      else if (operator === ">&") {
        if (text === "2") streams.out = streams.err;
        else if (text === "1" && descriptor === 2) streams.err = streams.out;
      } else {
        const sink = this.fileSink(text, operator.endsWith(">>"));
        if (descriptor === 2 || operator.startsWith("&")) streams.err = sink;
        if (descriptor === 1 || operator.startsWith("&")) streams.out = sink;
      }
    }
    return streams;
  }

  private fileSink(name: string, append: boolean): (text: string) => void {
    if (name === "/dev/null") return () => {};
    const path = this.path(name);
    if (!append || !this.machine.files.has(path)) this.machine.files.set(path, "");
    return (text) => this.machine.files.set(path, (this.machine.files.get(path) ?? "") + text);
  }
}

function firstWord(list: List): string {
  const command = list[0]?.first.commands[0];
  if (command?.kind !== "simple") return "";
  const word = command.words[0]?.[0];
  return word?.kind === "text" ? word.text : "";
}

/** A text that is no script of ours does nothing. */
function parseOr(text: string): List {
  try {
    return parseBash(text);
  } catch {
    return [];
  }
}

/** Runs a script as `bash <file>` does and gives what it printed and its exit code. */
export function runBash(script: string, machine: Machine, epochMs: number): ScriptResult {
  const output = new ScriptOutput();
  const shell = new BashShell(machine, epochMs);
  shell.stderr = (text) => output.warn(text);
  const io: Streams = { out: (text) => output.write(text, shell.clockMs), err: shell.stderr };
  let exitCode = 0;
  let lost = false;
  try {
    exitCode = shell.runList(readScript(script, io), io).code;
  } catch (signal) {
    if (signal instanceof ExitSignal) {
      exitCode = signal.code;
      lost = signal.lost;
    } else if (signal instanceof ReturnSignal) exitCode = signal.status.code;
    else if (!(signal instanceof LoopSignal)) throw signal;
    if (signal instanceof UnexpectedEnd) exitCode = 2;
  }
  output.finish(shell.clockMs);
  return {
    stdout: output.lines,
    stderr: output.stderr,
    output: output.output,
    exitCode,
    durationMs: shell.clockMs,
    ...(lost ? { lost: true } : {}),
  };
}

/** What this parser cannot read as a whole it reads line by line, leaving out what it cannot read then. */
function readScript(script: string, io: Streams): List {
  try {
    return parseBash(script);
  } catch (problem) {
    if (problem instanceof UnexpectedEnd) {
      const line = script.split("\n").length;
      const what = /^[a-z]/.test(problem.expected) ? "syntax error: unexpected end of file" : problem.message;
      io.err(`bash: line ${line}: ${what}\n`);
      throw new ExitSignal(2);
    }
    if (!(problem instanceof UnreadableScript)) throw problem;
    return script.split("\n").flatMap(parseOr);
  }
}
