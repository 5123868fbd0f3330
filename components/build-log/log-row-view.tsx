import { displayLine, markMatches } from "@/lib/build-log/outline/display-line";
import type { LogRow } from "@/lib/build-log/outline/log-layout";
import type { LogNode, LogTree, PollRun } from "@/lib/build-log/parser/types";
import type { StoredLine } from "@/lib/build-log/reader/log-store";
import { describeDuration } from "@/lib/core/time";
import { documentName } from "./document-name";
import { describeLogTime, type ShownLogTime } from "./log-time";

export type LogRowLook = {
  times: ShownLogTime;
  wrap: boolean;
  pattern: RegExp | undefined;
  /** When the first line was written, for relative times. */
  startedAt: number | undefined;
};

const COLUMNS = "grid min-w-max grid-cols-[72px_auto_minmax(0,1fr)] pr-3.5";
const NUMBER = "select-none border-0 bg-transparent p-0 pr-3.5 text-right font-[inherit] text-ink-3";

/** One row: a line, the header of a step, or a wait of several lines in one. Text stays text. */
export function LogRowView({
  row,
  line,
  look,
  isStderr,
  isFailed,
  isSelected,
  isCurrentMatch,
  showAll,
  tree,
  onNumber,
  onToggle,
  onShowAll,
}: {
  row: LogRow;
  line: StoredLine | undefined;
  look: LogRowLook;
  isStderr: boolean;
  isFailed: boolean;
  isSelected: boolean;
  isCurrentMatch: boolean;
  showAll: boolean;
  tree: LogTree;
  onNumber: (line: number, isRange: boolean) => void;
  onToggle: (row: LogRow) => void;
  onShowAll: (line: number) => void;
}) {
  if (row.kind === "header")
    return <StepHeader node={row.node} isFolded={row.isFolded} tree={tree} onToggle={() => onToggle(row)} />;
  if (row.kind === "poll") return <PollFold poll={row.poll} onToggle={() => onToggle(row)} />;
  const { spans, tone, hiddenCharacters } = displayLine(line?.text ?? "", { isStderr, showAll });
  const marked = look.pattern
    ? markMatches(spans, look.pattern)
    : spans.map((span) => ({ ...span, isMatch: false }));
  const colour = {
    stderr: "text-wait",
    machinery: "text-ink-3",
    "exit-bad": "font-semibold text-fail",
    text: "",
  }[tone];
  const ground = isSelected
    ? "bg-accent-soft"
    : isFailed
      ? "bg-fail-soft shadow-[inset_3px_0_0_var(--fail)]"
      : isCurrentMatch
        ? "bg-mute-soft"
        : "";
  return (
    <div className={`${COLUMNS} ${look.wrap ? "!min-w-0" : ""} ${ground}`}>
      <button
        type="button"
        tabIndex={-1}
        aria-label={`Line ${row.line + 1}`}
        className={`${NUMBER} cursor-pointer hover:text-ink hover:underline`}
        onClick={(event) => onNumber(row.line + 1, event.shiftKey)}
      >
        {row.line + 1}
      </button>
      <span
        className={`select-none whitespace-pre text-ink-3 ${look.times === "none" ? "hidden" : "pr-3.5 max-sm:hidden"}`}
      >
        {line ? describeLogTime(line.time, look.times, look.startedAt) : ""}
      </span>
      <span
        className={`${look.wrap ? "whitespace-pre-wrap [overflow-wrap:anywhere]" : "whitespace-pre"} ${colour}`}
      >
        {marked.map(({ text, style, isMatch }, index) =>
          isMatch ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a line have no other name than their place
            <mark key={index} className="bg-accent-soft text-inherit outline-1 outline-accent">
              {text}
            </mark>
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a line have no other name than their place
            <span key={index} className={style}>
              {text}
            </span>
          ),
        )}
        {hiddenCharacters > 0 && (
          <button
            type="button"
            className="ml-2 cursor-pointer border-0 bg-transparent p-0 font-sans text-accent underline"
            onClick={() => onShowAll(row.line)}
          >
            Show all ({hiddenCharacters.toLocaleString("en")} more characters)
          </button>
        )}
      </span>
    </div>
  );
}

function StepHeader({
  node,
  isFolded,
  tree,
  onToggle,
}: {
  node: LogNode;
  isFolded: boolean;
  tree: LogTree;
  onToggle: () => void;
}) {
  const phase = node.parent === undefined ? undefined : tree.nodes[node.parent];
  const document = phase?.parent === undefined ? undefined : tree.nodes[phase.parent];
  const tookMs = node.startedAt && node.endedAt ? node.endedAt - node.startedAt : undefined;
  return (
    <button
      type="button"
      aria-expanded={!isFolded}
      onClick={onToggle}
      className="flex h-full w-full cursor-pointer items-center gap-2.5 border-line border-x-0 border-y bg-surface p-0 pl-[72px] text-left font-sans text-[13px] text-ink-2 hover:bg-mute-soft"
    >
      <span aria-hidden="true" className="-ml-5 w-2.5 font-mono text-ink-3">
        {isFolded ? "›" : "⌄"}
      </span>
      {document?.level === "document" && (
        <b className="font-semibold text-ink">{documentName(document.name)}</b>
      )}
      {phase?.level === "phase" && <span>{phase.name}</span>}
      <b className={`font-semibold ${node.outcome === "failed" ? "text-fail" : "text-ink"}`}>{node.name}</b>
      {node.outcome === "failed" && <span className="text-fail">failed</span>}
      {tookMs !== undefined && <span>{describeDuration(tookMs)}</span>}
      {node.reboots > 0 && (
        <span>
          {node.reboots} restart{node.reboots > 1 ? "s" : ""}
        </span>
      )}
      {isFolded && (
        <span className="text-ink-3">{(node.lastLine - node.firstLine).toLocaleString("en")} lines</span>
      )}
    </button>
  );
}

function PollFold({ poll, onToggle }: { poll: PollRun; onToggle: () => void }) {
  const times = poll.lastLine - poll.firstLine + 1;
  const tookMs = poll.startedAt && poll.endedAt ? poll.endedAt - poll.startedAt : 0;
  return (
    <button
      type="button"
      aria-expanded={false}
      onClick={onToggle}
      className="flex h-full w-full cursor-pointer items-center border-0 bg-transparent p-0 pl-[72px] text-left font-[inherit] text-ink-3 italic hover:bg-mute-soft"
    >
      <span aria-hidden="true" className="-ml-5 w-5 not-italic">
        …
      </span>
      {poll.what.replace(/ \(.*/, "")}, {times} times in {describeDuration(tookMs)}
    </button>
  );
}
