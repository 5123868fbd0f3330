import type { PreflightCheck } from "@/lib/authoring/preflight/types";
import { counted } from "@/lib/core/words";

/** Checks with their evidence and what to do, the most serious first. */
export function CheckList({ checks }: { checks: PreflightCheck[] }) {
  return (
    <ul className="m-0 grid list-none gap-2 p-0">
      {checks
        .toSorted((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state))
        .map((check) => (
          <CheckRow key={check.id} check={check} />
        ))}
    </ul>
  );
}

const ORDER: PreflightCheck["state"][] = ["problem", "warning", "unknown", "ok"];
const LOOKS: Record<PreflightCheck["state"], { glyph: string; word: string; className: string }> = {
  ok: { glyph: "✓", word: "Passed", className: "text-ok" },
  warning: { glyph: "!", word: "Warning", className: "text-wait" },
  problem: { glyph: "×", word: "Problem", className: "text-fail" },
  unknown: { glyph: "–", word: "Not known", className: "text-ink-3" },
};

function CheckRow({ check: { title, state, evidence, fix } }: { check: PreflightCheck }) {
  const { glyph, word, className } = LOOKS[state];
  return (
    <li className="grid grid-cols-[16px_minmax(0,1fr)] gap-x-1.5">
      <span aria-hidden="true" className={`font-mono ${className}`}>
        {glyph}
      </span>
      <div className="min-w-0">
        <span className="sr-only">{word}: </span>
        <span className={state === "unknown" ? "text-ink-2" : ""}>{title}</span>
        {evidence.length > 0 && (
          <ul className="m-0 list-none p-0 text-ink-3 text-xs [overflow-wrap:anywhere]">
            {evidence.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        )}
        {fix && <p className="m-0 text-ink-2 text-xs">{fix}</p>}
      </div>
    </li>
  );
}

/** The most serious of it, in words. What is not known is no pass. */
export function summaryOf(checks: PreflightCheck[]): string {
  const count = (state: PreflightCheck["state"]) => checks.filter((check) => check.state === state).length;
  const [problems, warnings, unknown] = [count("problem"), count("warning"), count("unknown")];
  if (problems > 0) return counted(problems, "problem");
  if (warnings > 0) return counted(warnings, "warning");
  if (unknown > 0) return `${unknown} not known`;
  return "All checks passed";
}
