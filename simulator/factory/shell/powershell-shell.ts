import { isUnknown, MAX_TEXT, type Machine, printable, ScriptOutput, UNKNOWN } from "./machine";
import { PowerShellError, readCmdlet, runCmdlet } from "./powershell-commands";
import {
  EXIT,
  failsOnItsFace,
  PowerShellExit,
  PowerShellLoop,
  PowerShellOverrun,
  PowerShellReturn,
} from "./powershell-signals";
import { type Statement, splitTop } from "./powershell-syntax";
import { evaluate, evaluateItems, holds, type PowerShellScope } from "./powershell-values";

const MAX_ROUNDS = 200;
const MAX_STATEMENTS = 10_000;
/** Functions that call themselves. */
const MAX_DEPTH = 64;
/** One powershell.exe process on a machine. */
export class PowerShell implements PowerShellScope {
  readonly variables = new Map<string, string>();
  readonly functions = new Map<string, Statement[]>();
  readonly output = new ScriptOutput();
  clockMs = 0;
  /** What powershell.exe ends with: the success of the last command. */
  lastFailed = false;
  private statements = 0;
  private depth = 0;
  private sinks: ((text: string) => void)[] = [];

  constructor(
    readonly machine: Machine,
    readonly script: string,
  ) {}

  capture(text: string): string {
    let printed = "";
    this.sinks.push((part) => (printed += part));
    try {
      this.pipeline(text);
    } finally {
      this.sinks.pop();
    }
    return printed;
  }

  run(body: readonly Statement[]): void {
    for (const statement of body) this.statement(statement);
  }

  private print(text: string): void {
    if (this.output.full) throw new PowerShellOverrun();
    const sink = this.sinks.at(-1);
    if (sink) sink(text);
    else this.output.write(text, this.clockMs);
  }

  private statement(statement: Statement): void {
    if (++this.statements > MAX_STATEMENTS) throw new PowerShellOverrun();
    switch (statement.kind) {
      case "if":
        this.branch(statement);
        return;
      case "loop":
        this.loop(statement);
        return;
      case "function":
        this.functions.set(statement.name, statement.body);
        return;
      case "try":
        this.attempt(statement);
        return;
      case "command":
        this.guarded(statement.text);
        return;
    }
  }

  private branch(statement: Extract<Statement, { kind: "if" }>): void {
    for (const [index, { test, body }] of statement.arms.entries()) {
      const status = holds(test, this);
      let taken = status.code === 0;
      if (status.undecided) {
        const other = statement.arms[index + 1]?.body ?? statement.otherwise ?? [];
        if (taken && failsOnItsFace(body, this.machine.restarts)) taken = false;
        else if (
          !taken &&
          failsOnItsFace(other, this.machine.restarts) &&
          !failsOnItsFace(body, this.machine.restarts)
        )
          taken = true;
      }
      if (taken) {
        this.run(body);
        return;
      }
    }
    this.run(statement.otherwise ?? []);
  }

  private loop({ word, head, body }: Extract<Statement, { kind: "loop" }>): void {
    if (word === "switch") return;
    try {
      const each = /^\$(\w+)\s+in\s+([\s\S]+)$/i.exec(head.trim());
      if (word === "foreach" && each) {
        for (const item of evaluateItems(each[2] ?? "", this) ?? [UNKNOWN]) {
          this.variables.set((each[1] ?? "").toLowerCase(), item);
          this.run(body);
        }
        return;
      }
      if (word === "for") {
        this.count(head, body);
        return;
      }
      for (let round = 0; round < MAX_ROUNDS; round++) {
        const status = holds(head, this);
        // What is undecided is waited for once at most: the simulator never loops on a guess.
        if (word === "while" && (status.code !== 0 || (status.undecided && round > 0))) return;
        this.run(body);
        if (word === "do") return;
      }
    } catch (signal) {
      if (!(signal instanceof PowerShellLoop)) throw signal;
    }
  }

  private count(head: string, body: readonly Statement[]): void {
    const [start = "", test = "", step = ""] = splitTop(head, /^;/);
    this.guarded(start);
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const status = holds(test, this);
      if (status.code !== 0 || (status.undecided && round > 0)) return;
      this.run(body);
      this.guarded(step);
    }
  }

  private attempt(statement: Extract<Statement, { kind: "try" }>): void {
    const outer = this.variables.get("erroractionpreference");
    try {
      this.run(statement.body);
    } catch (problem) {
      if (!(problem instanceof PowerShellError) || statement.handler.length === 0) throw problem;
      this.variables.set("_", problem.message);
      this.variables.set("erroractionpreference", outer ?? "");
      this.run(statement.handler);
    } finally {
      this.run(statement.last);
    }
  }

  /** Runs a line; an error ends the script only under `$ErrorActionPreference = 'Stop'` or -ErrorAction Stop, or when thrown. */
  private guarded(text: string): void {
    try {
      this.lastFailed = false;
      this.line(text);
    } catch (problem) {
      if (!(problem instanceof PowerShellError)) throw problem;
      const stop =
        /^stop$/i.test(this.variables.get("erroractionpreference") ?? "") ||
        /-ErrorAction\s+['"]?Stop/i.test(text);
      if (stop || /^throw\b/i.test(text)) throw problem;
      if (/-ErrorAction\s+['"]?(SilentlyContinue|Ignore)/i.test(text)) return;
      this.lastFailed = true;
      this.output.warn(this.describe(problem, text));
    }
  }

  describe(problem: PowerShellError, text: string): string {
    const line = this.script.slice(0, Math.max(this.script.indexOf(text), 0)).split("\n").length;
    const first = text.split("\n")[0] ?? "";
    const command = /^[\w.-]+/.exec(first)?.[0];
    const head = command && !/^throw$/i.test(command) ? `${command} : ` : "";
    return `${head}${printable(problem.message)}\nAt ${line} char:1\n+ ${first}\n+ ${"~".repeat(Math.min(first.length, 80))}\n    + CategoryInfo          : ${printable(problem.category)}\n`;
  }

  private line(text: string): void {
    if (text === "" || /^param\s*\(|^\[CmdletBinding/i.test(text)) return;
    const exit = EXIT.exec(text);
    if (exit) {
      const value = evaluate(exit[1] || exit[2] || exit[3] || "0", this);
      throw new PowerShellExit(isUnknown(value) ? 0 : Number(value));
    }
    if (/^return\b/i.test(text)) {
      const value = text.slice(6).trim();
      if (value) this.pipeline(value);
      throw new PowerShellReturn();
    }
    if (/^(break|continue)\b/i.test(text)) throw new PowerShellLoop();
    const thrown = /^throw\b\s*([\s\S]*)$/i.exec(text);
    if (thrown)
      throw new PowerShellError(
        evaluate(thrown[1] || '"ScriptHalted"', this),
        "OperationStopped: (:) [], RuntimeException",
      );
    const assigned = /^(?:\[[\w.[\]]+\]\s*)?\$((?:\w+:)?\w+)\s*(\+|-)?=(?!=)\s*([\s\S]*)$/.exec(text);
    if (assigned) {
      this.assign(assigned[1] ?? "", assigned[2], assigned[3] ?? "");
      return;
    }
    const step = /^\$(\w+)(\+\+|--)$/.exec(text);
    if (step) {
      this.assign(step[1] ?? "", step[2]?.charAt(0), "1");
      return;
    }
    this.pipeline(text);
  }

  private assign(name: string, change: string | undefined, expression: string): void {
    const key = name.toLowerCase().replace(/^(global|script|local):/, "");
    const value = evaluate(expression, this);
    const before = this.variables.get(key) ?? "";
    if (change === undefined) this.variables.set(key, value.slice(0, MAX_TEXT));
    else if (/^-?\d+$/.test(before || "0") && /^\d+$/.test(value))
      this.variables.set(key, String(Number(before) + (change === "-" ? -1 : 1) * Number(value)));
    else this.variables.set(key, (before + value).slice(0, MAX_TEXT));
  }

  private pipeline(text: string): void {
    const [first = "", ...rest] = splitTop(text, /^\|(?!\|)/);
    if (rest.length === 0) {
      this.command(first);
      return;
    }
    let piped = "";
    this.sinks.push((part) => (piped += part));
    try {
      this.command(first);
    } finally {
      this.sinks.pop();
    }
    for (const [index, part] of rest.entries()) {
      if (/^out-null\b/i.test(part)) return;
      if (
        /^(out-file|set-content|add-content|out-host|out-string|out-default|tee-object|write-host|write-output)\b/i.test(
          part,
        )
      ) {
        if (/^out-(host|string|default)|^write-|^tee/i.test(part)) this.print(piped);
        else this.command(part, piped.replace(/\n$/, ""));
        return;
      }
      if (index === rest.length - 1 && !/^(where|foreach|%|\?|select|sort|measure)/i.test(part))
        this.command(part, piped);
    }
    if (/^(where|foreach|%|\?|select|sort|measure)/i.test(rest.at(-1) ?? "")) this.print(UNKNOWN);
  }

  private command(text: string, piped?: string): void {
    if (/^["'@]/.test(text) || /^\$[\w:]+$/.test(text)) {
      const value = evaluate(text, this);
      if (value === UNKNOWN) this.print(value);
      else if (value !== "") this.print(`${value}\n`);
      return;
    }
    const { name, values, named } = readCmdlet(text.replace(/^[&.]\s+/, ""), this);
    const body = this.functions.get(name.toLowerCase());
    if (!body) {
      if (/^[[$(]/.test(text)) {
        this.print(UNKNOWN);
        return;
      }
      const spend = (ms: number) => (this.clockMs += Number.isFinite(ms) ? ms : 0);
      runCmdlet({
        name,
        values,
        named,
        ...(piped === undefined ? {} : { piped }),
        scope: this,
        print: (part) => this.print(part),
        spend,
      });
      return;
    }
    for (const [key, value] of named) this.variables.set(key, value);
    if (++this.depth > MAX_DEPTH) throw new PowerShellOverrun();
    try {
      this.run(body);
    } catch (signal) {
      if (!(signal instanceof PowerShellReturn)) throw signal;
    } finally {
      this.depth--;
    }
  }
}
