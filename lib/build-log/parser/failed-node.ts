import type { LogNode, LogTree } from "./types";

/**
 * Where a build failed of which the log says no more. A step that asked for a restart, with nothing after it, comes
 * before any failure that the run survived. undefined: the log names no failure.
 */
export function failedNodeOf({ nodes, restartingNode, failedNode }: LogTree): LogNode | undefined {
  const id = restartingNode ?? failedNode;
  return id === undefined ? undefined : nodes[id];
}
