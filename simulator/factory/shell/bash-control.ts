import { LoopSignal, type Shell, type Streams } from "./bash-contract";
import { expandFields, expandPattern, expandText, globMatches } from "./bash-expand";
import { failsOnItsFace } from "./bash-outlook";
import type { List, Node } from "./bash-syntax";
import { isUnknown, OK, type Status } from "./machine";

const MAX_ROUNDS = 1000;

/** The first arm whose test holds; an undecided test does not choose an arm that fails on its face. */
export function runIf(shell: Shell, node: Extract<Node, { kind: "if" }>, io: Streams): Status {
  for (const [index, { test, body }] of node.arms.entries()) {
    const status = shell.test(test, io);
    let holds = status.code === 0;
    if (status.undecided) {
      const other = node.arms[index + 1]?.body ?? node.otherwise ?? [];
      if (holds && failsOnItsFace(body, shell.machine.restarts)) holds = false;
      else if (
        !holds &&
        failsOnItsFace(other, shell.machine.restarts) &&
        !failsOnItsFace(body, shell.machine.restarts)
      )
        holds = true;
    }
    if (holds) return shell.runList(body, io);
  }
  return node.otherwise ? shell.runList(node.otherwise, io) : OK;
}

export function runFor(shell: Shell, node: Extract<Node, { kind: "for" }>, io: Streams): Status {
  const items = node.items
    ? node.items.flatMap((item) => expandFields(item, shell))
    : (shell.items("@") ?? []);
  let status = OK;
  for (const item of items.slice(0, MAX_ROUNDS)) {
    shell.set(node.name, item);
    if (!round(() => (status = shell.runList(node.body, io)))) break;
  }
  return status;
}

export function runWhile(shell: Shell, node: Extract<Node, { kind: "while" }>, io: Streams): Status {
  let status = OK;
  const reading = /^read$/.test(firstWord(node.test));
  const lines =
    reading && io.input !== undefined ? io.input.split("\n").filter((line) => line !== "") : undefined;
  for (let rounds = 0; rounds < MAX_ROUNDS; rounds++) {
    const line = lines?.[rounds];
    if (lines && line === undefined) break;
    const tested = shell.test(node.test, line === undefined ? io : { ...io, input: line });
    // What is undecided is waited for once at most: the simulator never loops on a guess.
    if ((tested.code === 0) === node.until || (tested.undecided && rounds > 0)) break;
    if (!round(() => (status = shell.runList(node.body, io))) || (reading && !lines)) break;
  }
  return status;
}

function round(run: () => void): boolean {
  try {
    run();
    return true;
  } catch (signal) {
    if (!(signal instanceof LoopSignal)) throw signal;
    return signal.word === "continue";
  }
}

export function runCase(shell: Shell, node: Extract<Node, { kind: "case" }>, io: Streams): Status {
  const subject = expandText(node.subject, shell);
  const unknown = isUnknown(subject);
  for (const arm of node.arms) {
    const matches = arm.patterns.some((pattern) => globMatches(expandPattern(pattern, shell), subject));
    if (unknown ? !failsOnItsFace(arm.body, shell.machine.restarts) : matches)
      return shell.runList(arm.body, io);
  }
  return OK;
}

function firstWord(list: List): string {
  const command = list[0]?.first.commands[0];
  if (command?.kind !== "simple") return "";
  const word = command.words[0]?.[0];
  return word?.kind === "text" ? word.text : "";
}
