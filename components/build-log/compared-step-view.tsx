import { StatusBadge } from "@/components/ui/status-badge";
import type { ComparedStep, LineChange, StepFacts } from "@/lib/build-log/compare/types";
import { displayLine } from "@/lib/build-log/outline/display-line";
import { describeDuration } from "@/lib/core/time";
import { documentName } from "./document-name";
import { writeLogRange } from "./log-range";

const TONES: Record<string, "ok" | "fail" | "run" | "mute"> = {
  succeeded: "ok",
  failed: "fail",
  running: "run",
};

/** Which side failed in this step. */
type Failed = "before" | "after" | undefined;
type Links = { before: string; after: string };

/** One step of two logs: how it ended and how long it took in each, and the lines that only one has. */
export function ComparedStepView({
  step: { path, before, after, changes, changeCount, pace },
  isFirst,
  links,
}: {
  step: ComparedStep;
  isFirst: boolean;
  links: Links;
}) {
  const upgraded = before?.component !== after?.component && before?.component && after?.component;
  return (
    <li className={`border-line px-3.5 py-2.5 not-last:border-b ${isFirst ? "bg-fail-soft/40" : ""}`}>
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <h3 className="m-0 font-semibold text-[13px]">
          <span className="font-normal text-ink-3">{path.slice(0, -1).map((part) => `${part} / `)}</span>
          {path.at(-1)}
        </h3>
        {isFirst && (
          <StatusBadge tone={after?.outcome === "failed" ? "fail" : "mute"}>first difference</StatusBadge>
        )}
        <Facts label="before" facts={before} link={links.before} />
        <span className="inline-flex items-baseline gap-x-3">
          <span aria-hidden="true" className="text-ink-3">
            →
          </span>
          <Facts label="now" facts={after} link={links.after} />
        </span>
        {pace && <span className="text-wait text-xs">{pace}</span>}
      </div>
      {upgraded && before.component && after.component && (
        <p className="m-0 mt-1 text-[13px] text-ink-2">
          {documentName(before.component)} before, {documentName(after.component)} now.
        </p>
      )}
      {changes.length > 0 && (
        <Changes
          changes={changes}
          changeCount={changeCount}
          links={links}
          isOpen={isFirst}
          failed={after?.outcome === "failed" ? "after" : before?.outcome === "failed" ? "before" : undefined}
        />
      )}
    </li>
  );
}

function Facts({ label, facts, link }: { label: string; facts: StepFacts | undefined; link: string }) {
  if (!facts) return <span className="text-ink-3 text-xs">{label}: step not present</span>;
  const { outcome, exitCode, durationMs, firstLine, lastLine } = facts;
  return (
    <span className="inline-flex items-baseline gap-1.5 text-ink-2 text-xs">
      {label}:<StatusBadge tone={TONES[outcome] ?? "mute"}>{outcome}</StatusBadge>
      {exitCode !== undefined && exitCode !== 0 && <span>exit code {exitCode}</span>}
      {durationMs !== undefined && <span>{describeDuration(durationMs)}</span>}
      <a
        className="inline-block min-h-6 underline"
        href={`${link}${writeLogRange({ first: firstLine, last: lastLine })}`}
      >
        lines {firstLine.toLocaleString("en")} to {lastLine.toLocaleString("en")}
      </a>
    </span>
  );
}

function Changes({
  changes,
  changeCount,
  links,
  isOpen,
  failed,
}: {
  changes: LineChange[];
  changeCount: number;
  links: Links;
  isOpen: boolean;
  failed: Failed;
}) {
  return (
    <details open={isOpen} className="mt-1.5">
      <summary className="cursor-pointer text-[13px] text-ink-2">
        {changeCount.toLocaleString("en")} {changeCount === 1 ? "line differs" : "lines differ"}
      </summary>
      <ul className="m-0 mt-1.5 list-none rounded bg-sunken p-0 py-1 font-mono text-xs leading-6">
        {changes.map((change) => (
          <Change key={`${change.kind} ${change.line}`} change={change} links={links} failed={failed} />
        ))}
      </ul>
      {changeCount > changes.length && (
        <p className="m-0 mt-1 text-ink-3 text-xs">
          The first {changes.length} of {changeCount.toLocaleString("en")} are shown. See the logs for the
          rest.
        </p>
      )}
    </details>
  );
}

/** A line that only the failed side has is red; what only the other one has says nothing bad. */
function Change({
  change: { kind, line, text },
  links,
  failed,
}: {
  change: LineChange;
  links: Links;
  failed: Failed;
}) {
  const isNew = kind === "added";
  const isBad = failed === (isNew ? "after" : "before");
  const { spans } = displayLine(text, { isStderr: false, showAll: false });
  return (
    <li className={`flex items-start gap-3 px-2 ${isBad ? "bg-fail-soft" : isNew ? "bg-surface" : ""}`}>
      <span aria-hidden="true" className="select-none">
        {isNew ? "+" : "−"}
      </span>
      <span className="sr-only">{isNew ? "now:" : "before:"}</span>
      <a
        className="inline-block min-h-6 w-[64px] shrink-0 text-right text-ink-2 underline"
        href={`${isNew ? links.after : links.before}${writeLogRange({ first: line, last: line })}`}
      >
        {line.toLocaleString("en")}
      </a>
      <span className="whitespace-pre-wrap [overflow-wrap:anywhere]">
        {spans.map((span) => span.text).join("")}
      </span>
    </li>
  );
}
