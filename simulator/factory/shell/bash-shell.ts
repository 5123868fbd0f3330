import { runCommand } from "./bash-commands";
import {
  ExitSignal,
  LoopSignal,
  OverrunSignal,
  ReturnSignal,
  type Shell,
  type Streams,
} from "./bash-contract";
import { runCase, runFor, runIf, runWhile } from "./bash-control";
import { arithmetic, expandFields, expandText } from "./bash-expand";
import { failsOnItsFace } from "./bash-outlook";
import { absolutePath, redirect, setOptions } from "./bash-streams";
import type { AndOr, List, Node, Pipeline } from "./bash-syntax";
import { testExpression } from "./bash-test";
import { initialVariables } from "./linux-facts";
import { isUnknown, MAX_TEXT, type Machine, OK, type Status } from "./machine";
import { parseOrNothing, readScript } from "./read-script";

const MAX_COMMANDS = 10_000;
/** Functions and scripts that call themselves. */
const MAX_DEPTH = 64;

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
  private depth = 0;

  constructor(
    readonly machine: Machine,
    readonly startMs: number,
  ) {
    this.variables = initialVariables(machine);
  }

  get(name: string): string | undefined {
    if (name === "#") return String(this.lists.get("@")?.length ?? 0);
    if (/^[1-9]$/.test(name)) return this.lists.get("@")?.[Number(name) - 1];
    return this.variables.get(name) ?? this.lists.get(name)?.[0] ?? this.machine.environment?.(name);
  }

  set(name: string, value: string): void {
    this.variables.set(name, value.slice(0, MAX_TEXT));
  }

  path(name: string): string {
    return absolutePath(this.folder, name);
  }

  items(name: string): string[] | undefined {
    const single = this.variables.get(name);
    return this.lists.get(name) ?? (single === undefined ? undefined : [single]);
  }

  capture(body: List): string {
    let text = "";
    const status = this.subshell(() =>
      this.runList(body, {
        out: (part) => {
          if (text.length < MAX_TEXT) text += part;
        },
        err: this.stderr,
      }),
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
          out: last
            ? io.out
            : (text) => {
                if (piped.length < MAX_TEXT) piped += text;
              },
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

  test(list: List, io: Streams): Status {
    this.guarded++;
    try {
      return this.runList(list, io);
    } finally {
      this.guarded--;
    }
  }

  private runNode(node: Node, io: Streams): Status {
    if (++this.commands > MAX_COMMANDS) throw new OverrunSignal();
    if (node.kind === "function") {
      this.functions.set(node.name, node.body);
      return OK;
    }
    const streams = redirect(this, node.redirects, io);
    switch (node.kind) {
      case "simple":
        return this.runSimple(node, streams);
      case "if":
        return runIf(this, node, streams);
      case "for":
        return runFor(this, node, streams);
      case "while":
        return runWhile(this, node, streams);
      case "case":
        return runCase(this, node, streams);
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
    if (name === "eval") return this.runList(parseOrNothing(args.join(" ")), io);
    if (name === "set") {
      setOptions(this, args);
      return OK;
    }
    return runCommand(this, name, args, io);
  }

  script(text: string, io: Streams): Status {
    if (++this.depth > MAX_DEPTH) throw new OverrunSignal();
    try {
      return this.subshell(() => this.runList(readScript(text, io), io));
    } finally {
      this.depth--;
    }
  }

  private callFunction(body: Node, args: string[], io: Streams): Status {
    if (++this.depth > MAX_DEPTH) throw new OverrunSignal();
    const outer = this.lists.get("@");
    this.lists.set("@", args);
    try {
      return this.runNode(body, io);
    } catch (signal) {
      if (signal instanceof ReturnSignal) return signal.status;
      throw signal;
    } finally {
      this.depth--;
      if (outer) this.lists.set("@", outer);
      else this.lists.delete("@");
    }
  }
}
