"use client";
import { useEffect, useState, useTransition } from "react";
import { PermittedButton } from "@/components/shell/permitted-button";
import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { runPreflightAction } from "@/lib/actions/preflight-actions";
import type { PreflightCheck, PreflightSubject } from "@/lib/authoring/preflight/types";

/** What a build is going to need, looked at in AWS: each check with its evidence and what to do. */
export function PreflightChecks({
  target,
  name,
  draftOf,
  runsAtOnce = false,
}: {
  target: string;
  /** Of the pipeline, also of one that is going to be. */
  name: string;
  /** What stands in a form, asked at each run; without it the pipeline is looked at as it is. */
  draftOf?: () => PreflightSubject["draft"];
  runsAtOnce?: boolean;
}) {
  const [checks, setChecks] = useState<PreflightCheck[]>();
  const [refusal, setRefusal] = useState<string>();
  const [isBusy, start] = useTransition();
  const run = () =>
    start(async () => {
      const result = await runPreflightAction({ target, name, draft: draftOf?.() });
      setChecks(result.ok ? result.value : undefined);
      setRefusal(result.ok ? undefined : result.error.message);
    });
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it is first shown
  useEffect(() => {
    if (runsAtOnce) run();
  }, []);
  return (
    <Card
      title="Preflight"
      note={checks && summaryOf(checks)}
      action={
        <PermittedButton action="run-preflight" resource={name} onClick={run} disabled={isBusy}>
          {isBusy ? "Running checks…" : checks ? "Run again" : "Run checks"}
        </PermittedButton>
      }
    >
      <div aria-live="polite">
        {isBusy && !checks ? (
          <Skeleton label="Running checks" lines={5} />
        ) : refusal ? (
          <p role="alert" className="m-0 rounded bg-fail-soft px-2.5 py-1.5 text-fail">
            {refusal}
          </p>
        ) : checks ? (
          <ul className="m-0 grid list-none gap-2 p-0">
            {checks
              .toSorted((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state))
              .map((check) => (
                <CheckRow key={check.id} check={check} />
              ))}
          </ul>
        ) : (
          <p className="m-0 max-w-[72ch] text-ink-2">
            Checks IAM, network, base image, components, keys, launch templates, and quotas before you build.
          </p>
        )}
      </div>
    </Card>
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

function summaryOf(checks: PreflightCheck[]): string {
  const count = (state: PreflightCheck["state"]) => checks.filter((check) => check.state === state).length;
  const [problems, warnings] = [count("problem"), count("warning")];
  if (problems > 0) return `${problems} ${problems === 1 ? "problem" : "problems"}`;
  if (warnings > 0) return `${warnings} ${warnings === 1 ? "warning" : "warnings"}`;
  return "All checks passed";
}
