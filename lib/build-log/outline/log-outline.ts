import type { WorkflowExecution, WorkflowStep } from "@/lib/image-builder/image-builds/types";
import type { LogNode, LogTree } from "../parser/types";

/** A part of a build beside its log. */
export type OutlineRow = {
  /** Of a workflow step, AWS's id. */
  key: string;
  /** 0 for a workflow step, 1 for a component, 2 for a step of a component. */
  depth: 0 | 1 | 2;
  name: string;
  /** What the name leaves open: the phase of a step, the number of an attempt. */
  note?: string;
  /** AWS's status of a workflow step, in its words; `SUCCEEDED`, `FAILED` or `RUNNING` of what only the log tells. */
  status: string;
  tookMs?: number;
  message?: string;
  /** Where the log tells of it; absent while it does not. */
  node?: LogNode;
  /** Whether its own parts are shown; absent for what has none. */
  isOpen?: boolean;
};

export type OutlineSection = { key: string; workflow?: WorkflowExecution; rows: OutlineRow[] };

/**
 * The workflows as AWS tells them, with the components and steps that only the log tells. `chosen` is which components
 * the reader opened or closed, by id of their nodes; the failed and the running one are open by themselves.
 */
export function logOutline(
  workflows: WorkflowExecution[],
  { nodes }: Pick<LogTree, "nodes">,
  chosen: ReadonlyMap<number, boolean>,
): OutlineSection[] {
  const told = nodes.filter(({ level }) => level === "workflow-step");
  const documents = nodes.filter(({ level }) => level === "document");
  const stepsOf = new Map<number, { step: LogNode; phase: string }[]>();
  for (const step of nodes) {
    const phase = step.level === "step" ? parentOf(nodes, step) : undefined;
    const document = phase && parentOf(nodes, phase);
    if (!phase || document?.level !== "document") continue;
    stepsOf.set(document.id, [...(stepsOf.get(document.id) ?? []), { step, phase: phase.name }]);
  }
  const rowsOf = (document: LogNode): OutlineRow[] => {
    const steps = stepsOf.get(document.id);
    if (!steps) return [];
    const isOpen =
      chosen.get(document.id) ?? (document.outcome === "failed" || document.outcome === "running");
    const rows = steps.map(({ step, phase }) => ({
      ...rowOf(step, 2),
      ...(phase !== "build" && phase !== "test" && { note: phase }),
    }));
    return [{ ...rowOf(document, 1), isOpen }, ...(isOpen ? rows : [])];
  };
  const placed = new Set<number>();
  const sections: OutlineSection[] = workflows.map((workflow) => ({
    key: workflow.id,
    workflow,
    rows: workflow.steps.flatMap((step) => {
      // A retry tells of the same steps again, in the same order.
      const at = told.findIndex(({ name }) => name === step.name);
      const [node] = at < 0 ? [] : told.splice(at, 1);
      const inner = node ? documents.filter((document) => isWithin(nodes, document, node)) : [];
      for (const { id } of inner) placed.add(id);
      return [rowOfStep(step, node), ...inner.flatMap(rowsOf)];
    }),
  }));
  // Logs from before 2023 tell of no workflow, and who may not list workflows has only the log.
  const loose = documents.filter((document) => !placed.has(document.id)).flatMap(rowsOf);
  return loose.length > 0 ? [...sections, { key: "components", rows: loose }] : sections;
}

const parentOf = (nodes: LogNode[], { parent }: LogNode) =>
  parent === undefined ? undefined : nodes[parent];

function isWithin(nodes: LogNode[], node: LogNode, outer: LogNode): boolean {
  let each: LogNode | undefined = node;
  while (each && each.id !== outer.id) each = parentOf(nodes, each);
  return each !== undefined;
}

function rowOf(node: LogNode, depth: 1 | 2): OutlineRow {
  const { id, name, outcome, startedAt, endedAt } = node;
  return {
    key: String(id),
    depth,
    name,
    node,
    status: outcome === "unknown" ? "" : outcome.toUpperCase(),
    ...(startedAt !== undefined && endedAt !== undefined && { tookMs: endedAt - startedAt }),
  };
}

function rowOfStep({ id, name, status, message, attempt, startedAt, endedAt }: WorkflowStep, node?: LogNode) {
  return {
    key: id,
    depth: 0,
    name,
    status,
    ...(node && { node }),
    ...(message !== undefined && { message }),
    ...(attempt && attempt.number > 1 && { note: `attempt ${attempt.number}` }),
    ...(startedAt && endedAt && { tookMs: Date.parse(endedAt) - Date.parse(startedAt) }),
  } satisfies OutlineRow;
}
