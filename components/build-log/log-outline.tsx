import { Microscope } from "lucide-react";
import { useMemo } from "react";
import { logOutline, type OutlineRow, type OutlineSection } from "@/lib/build-log/outline/log-outline";
import { nameInArn } from "@/lib/core/arn";
import { capitalize } from "@/lib/core/words";
import type { WorkflowExecution } from "@/lib/image-builder/image-builds/types";
import { documentName } from "./document-name";
import type { LogReader, LogReading } from "./log-reader";

const GLYPHS: Record<string, { glyph: string; className: string }> = {
  COMPLETED: { glyph: "✓", className: "text-ok" },
  SUCCEEDED: { glyph: "✓", className: "text-ok" },
  FAILED: { glyph: "×", className: "text-fail" },
  RUNNING: { glyph: "~", className: "text-run" },
  WAITING: { glyph: "!", className: "text-wait" },
};
const QUIET = { glyph: "–", className: "text-mute" };
/** Steps that have not begun. */
const WITHOUT_EVIDENCE = new Set(["PENDING", "SKIPPED"]);
const INDENTS = ["pl-2", "pl-6", "pl-10"] as const;

const titleOf = ({ workflow }: OutlineSection) =>
  workflow
    ? `${capitalize(workflow.type.toLowerCase())}: ${nameInArn(workflow.workflowArn)}${workflow.retried ? ", before the retry" : ""}`
    : "Components";

/** Workflows, their steps and those of components with what each took. What the log tells of leads to its place there. */
export function LogOutline({
  reader,
  reading: { log, openDocuments, readNode },
  workflows,
  onEvidence,
}: {
  reader: LogReader;
  reading: LogReading;
  workflows: WorkflowExecution[];
  onEvidence: (step: { id: string; name: string }) => void;
}) {
  const { tree } = log;
  const sections = useMemo(
    () => logOutline(workflows, tree, openDocuments),
    [workflows, tree, openDocuments],
  );
  const currentLine = readNode === undefined ? undefined : tree.nodes[readNode]?.firstLine;
  const current = currentLine === undefined ? undefined : innermost(sections, currentLine);
  const onRow = ({ node, isOpen }: OutlineRow) => node && reader.openPart(node, isOpen);
  return (
    <nav
      aria-label="Steps of the build"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
      tabIndex={0}
      className="min-h-0 overflow-y-auto border-line p-2 max-lg:max-h-[260px] max-lg:border-b lg:h-[596px] lg:border-r"
    >
      {sections.length === 0 && (
        <p className="m-0 px-2 py-1 text-ink-2">No workflow has started yet. AWS is preparing the build.</p>
      )}
      {sections.map((section) => (
        <section key={section.key} aria-label={titleOf(section)} className="not-first:mt-3">
          <h3 className="m-0 px-2 pb-1 font-medium text-ink-3 text-xs [overflow-wrap:anywhere]">
            {titleOf(section)}
          </h3>
          <ol className="m-0 list-none p-0">
            {section.rows.map((row) => (
              <li key={row.key} className="group/step relative">
                <Row row={row} isCurrent={row.key === current} onRow={onRow} />
                {row.depth === 0 && !WITHOUT_EVIDENCE.has(row.status) && (
                  <button
                    type="button"
                    aria-label={`Evidence of ${row.name}`}
                    title="Command, agent, console"
                    onClick={() => onEvidence({ id: row.key, name: row.name })}
                    className="absolute top-0.5 right-0.5 grid size-6 cursor-pointer place-items-center rounded border-0 bg-transparent text-ink-3 hover:bg-mute-soft hover:text-ink"
                  >
                    <Microscope size={13} aria-hidden />
                  </button>
                )}
              </li>
            ))}
          </ol>
        </section>
      ))}
    </nav>
  );
}

function Row({
  row,
  isCurrent,
  onRow,
}: {
  row: OutlineRow;
  isCurrent: boolean;
  onRow: (row: OutlineRow) => void;
}) {
  const { depth, name, note, status, tookMs, message, node, isOpen } = row;
  const { glyph, className } = GLYPHS[status] ?? QUIET;
  const layout = `grid w-full grid-cols-[14px_minmax(0,1fr)_auto] gap-x-2 rounded py-[3px] ${depth === 0 ? "pr-8" : "pr-2"} text-left text-[13px] ${INDENTS[depth]} ${status === "SKIPPED" || status === "PENDING" ? "text-ink-3" : "text-ink"}`;
  const content = (
    <>
      <span aria-hidden="true" className={`font-mono font-semibold text-[11px] leading-5 ${className}`}>
        {glyph}
      </span>
      <span className="[overflow-wrap:anywhere]" title={depth === 1 ? documentName(name) : undefined}>
        {depth === 1 ? documentName(name).replace(/ \S+$/, "") : name}
        {/* Who sees it has the sign; where there is no time, the word stands in its place. */}
        {hasTime(status, tookMs) && <span className="sr-only"> {status.toLowerCase()}</span>}
        {note && <span className="text-ink-3"> {note}</span>}
      </span>
      <span className="text-ink-3 text-xs leading-5">{took(status, tookMs)}</span>
      {message && status === "FAILED" && (
        <span className="col-start-2 col-end-4 text-fail text-xs [overflow-wrap:anywhere]">{message}</span>
      )}
    </>
  );
  if (!node) return <div className={layout}>{content}</div>;
  return (
    <button
      type="button"
      aria-expanded={isOpen}
      aria-current={isCurrent ? "step" : undefined}
      onClick={() => onRow(row)}
      className={`${layout} cursor-pointer border-0 font-[inherit] ${isCurrent ? "bg-mute-soft" : "bg-transparent hover:bg-mute-soft"}`}
    >
      {content}
    </button>
  );
}

/** The deepest row that holds a line. */
function innermost(sections: OutlineSection[], line: number): string | undefined {
  return sections
    .flatMap(({ rows }) => rows)
    .findLast(({ node }) => node && node.firstLine <= line && line <= node.lastLine)?.key;
}

const hasTime = (status: string, tookMs: number | undefined): tookMs is number =>
  status !== "RUNNING" && tookMs !== undefined;

function took(status: string, tookMs: number | undefined): string {
  if (!hasTime(status, tookMs)) return status.toLowerCase().replaceAll("_", " ");
  const seconds = Math.max(0, Math.round(tookMs / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
