"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ReadFailure } from "@/components/shell/read-failure";
import { Mono } from "@/components/ui/mono";
import { Skeleton } from "@/components/ui/skeleton";
import type { Diagnosis, FailedPart, NextAction } from "@/lib/build-log/diagnosis/types";
import type { ImageBuildKey } from "@/lib/core/resource-names";
import { diagnosisQuery } from "@/lib/queries/diagnosis";
import { documentName } from "./document-name";
import { writeLogRange } from "./log-range";

const PANEL =
  "mb-4 grid gap-x-5 gap-y-1.5 rounded-lg border border-line border-l-3 border-l-fail bg-surface px-3.5 py-3 shadow-soft sm:grid-cols-[minmax(0,1fr)_auto]";

/**
 * Why a build failed: the part, the line that shows it, cause and fix. `actions` are the buttons a page has for
 * what comes next, by what failed; the one that the rule advises is shown first.
 */
export function DiagnosisPanel({
  target,
  imageBuildKey,
  actions,
  fix,
  said,
}: {
  target: string;
  imageBuildKey: ImageBuildKey;
  actions: (failed: FailedPart) => Partial<Record<NextAction, ReactNode>>;
  /** The way to mend what failed; nothing where it is not ours to mend. */
  fix?: (failed: FailedPart, isAdvised: boolean) => ReactNode;
  /** What AWS itself says about the failure. */
  said?: ReactNode;
}) {
  const { data: diagnosis, error, refetch } = useQuery(diagnosisQuery(target, imageBuildKey));
  if (diagnosis === null) return null;
  return (
    <section aria-label="Diagnosis" className={PANEL}>
      {diagnosis ? (
        <Explanation diagnosis={diagnosis} mistake={diagnosis.mistake} actions={actions} fix={fix} />
      ) : error ? (
        <ReadFailure title="Couldn't load the diagnosis" error={error} onRetry={refetch} />
      ) : (
        <Skeleton label="Loading diagnosis" lines={3} />
      )}
      {said && (
        <details open={error !== null || (diagnosis && !diagnosis.rule)} className="sm:col-span-2">
          <summary className="cursor-pointer text-ink-2">AWS error</summary>
          <div className="mt-2">{said}</div>
        </details>
      )}
    </section>
  );
}

function Explanation({
  diagnosis: { failed, evidence, rule, checklist },
  mistake,
  actions,
  fix,
}: {
  diagnosis: Diagnosis;
  mistake: string | undefined;
  actions: (failed: FailedPart) => Partial<Record<NextAction, ReactNode>>;
  fix: ((failed: FailedPart, isAdvised: boolean) => ReactNode) | undefined;
}) {
  const action = rule && actions(failed)[rule.next];
  const way = fix?.(failed, !rule || rule.next === "open-component");
  return (
    <>
      <div className="grid min-w-0 gap-1.5">
        <p className="m-0">
          <b className="font-semibold">{rule ? rule.title : "Unknown cause"}.</b>{" "}
          <FailedWhere failed={failed} />
        </p>
        {evidence && (
          <p className="m-0 flex min-w-0 gap-3 justify-self-start rounded bg-fail-soft px-2 py-0.5 font-mono text-xs">
            {evidence.line !== undefined && (
              <a
                className="shrink-0 underline"
                href={writeLogRange({ first: evidence.line, last: evidence.line })}
              >
                line {evidence.line.toLocaleString("en")}
              </a>
            )}
            <span className="whitespace-pre-wrap [overflow-wrap:anywhere]">{evidence.text.trim()}</span>
          </p>
        )}
        {rule && (
          <p className="m-0 text-ink-2">
            {rule.cause} {rule.fix}
          </p>
        )}
        {rule && (
          <details className="text-ink-3 text-xs">
            <summary className="cursor-pointer">About this diagnosis</summary>
            Rule {rule.id}, {rule.confidence}.{" "}
            {rule.source.startsWith("https://") ? (
              <a className="underline" href={rule.source} target="_blank" rel="noreferrer">
                Source
              </a>
            ) : (
              rule.source
            )}
          </details>
        )}
        {checklist.length > 0 && (
          <details>
            <summary className="cursor-pointer text-ink-2">How to investigate</summary>
            <ol className="m-0 mt-1 grid gap-1 pl-5 text-ink-2">
              {checklist.map((item) => (
                <li key={item}>{item}</li>
              ))}
            </ol>
          </details>
        )}
        {mistake && <p className="m-0 text-wait">{mistake}</p>}
      </div>
      <div className="flex flex-wrap content-start gap-1.5 sm:grid">
        {way}
        {action}
      </div>
    </>
  );
}

/** "Step HardenSsh of cis-harden 4.2.0/1, phase build, ended with exit code 127." */
function FailedWhere({
  failed: { stage, workflowStep, component, phase, step, exitCode },
}: {
  failed: FailedPart;
}) {
  return (
    <span className="text-ink-2">
      {step ? (
        <>
          Step <Mono>{step}</Mono>
          {component && (
            <>
              {" of "}
              <Mono>{documentName(component)}</Mono>
            </>
          )}
          {phase && <>, phase {phase}</>}
        </>
      ) : workflowStep ? (
        <>
          Workflow step <Mono>{workflowStep}</Mono>
        </>
      ) : (
        "The build"
      )}
      {exitCode === undefined ? " failed" : `, exit code ${exitCode}`}
      {stage && ` in ${stage}`}.
    </span>
  );
}
