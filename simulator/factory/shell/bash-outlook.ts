import { type List, literal, type Node, type Pipeline } from "./bash-syntax";

/** Exit codes of AWSTOE's reboot protocol: not failures. */
const REBOOT = ["194", "3010"];

/**
 * Whether a body ends in failure whatever happens in it: `exit` or `return` with a code, or `false`.
 * An undecided test never leads there, for a build goes on unless its own text says otherwise.
 * Once the machine was restarted, asking for a restart counts too.
 */
export function failsOnItsFace(body: List | Pipeline, restarts: number): boolean {
  if (!Array.isArray(body)) return body.commands.some((node) => nodeFails(node, restarts));
  return body.some((entry) =>
    [entry.first, ...entry.rest.map(({ pipeline }) => pipeline)].some((pipeline) =>
      failsOnItsFace(pipeline, restarts),
    ),
  );
}

function nodeFails(node: Node, restarts: number): boolean {
  if (node.kind === "group") return failsOnItsFace(node.body, restarts);
  if (node.kind !== "simple") return false;
  const [name, code] = node.words.map((word) => literal(word));
  if (name === "false") return true;
  if (name !== "exit" && name !== "return") return false;
  return code !== undefined && /^[1-9]\d*$/.test(code) && (restarts > 0 || !REBOOT.includes(code));
}
