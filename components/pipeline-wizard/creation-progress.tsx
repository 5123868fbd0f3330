"use client";
import { useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useCallback, useEffect, useRef, useState } from "react";
import { useFormContext } from "react-hook-form";
import { RunPipelineButton } from "@/components/resources/run-pipeline-button";
import { PermittedButton } from "@/components/shell/permitted-button";
import { buttonClass } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Mono } from "@/components/ui/mono";
import { RefusalNote } from "@/components/ui/refusal-note";
import { type BadgeTone, StatusBadge } from "@/components/ui/status-badge";
import { removeCreatedAction, runCreationStepAction } from "@/lib/actions/draft-actions";
import { runPipelineAction } from "@/lib/actions/pipeline-actions";
import type { CreationStep } from "@/lib/authoring/drafts/types";
import type { Refusal } from "@/lib/core/failure";
import { urls } from "@/lib/core/urls";
import { KIND_FACTS } from "@/lib/definitions/resource-kinds";
import { formPath } from "./draft-errors";
import { useWizard } from "./wizard-context";

const TONES: Record<CreationStep["state"], BadgeTone> = {
  waiting: "mute",
  running: "run",
  done: "ok",
  failed: "fail",
  removed: "mute",
};

/** Where in the wizard a part is changed. Components come first, in the order of the draft's own. */
const STEP_OF: Record<CreationStep["kind"], "details" | "recipe" | "infrastructure" | "distribution"> = {
  component: "recipe",
  "image-recipe": "recipe",
  "container-recipe": "recipe",
  "infrastructure-configuration": "infrastructure",
  "distribution-configuration": "distribution",
  "image-pipeline": "details",
};

/**
 * The creation as it goes: each write on its line. It stops at the first that AWS refuses, and can be gone on
 * with from there or undone; closing the page stops it between two writes and loses nothing.
 */
export function CreationProgress({ runsAfter = false }: { runsAfter?: boolean }) {
  const { target, draft, setDraft } = useWizard();
  const queries = useQueryClient();
  const router = useRouter();
  const { setError } = useFormContext();
  const [isRunning, setRunning] = useState(false);
  const [isRemoving, setRemoving] = useState(false);
  const [trouble, setTrouble] = useState<Refusal>();
  const { id, creation = [] } = draft;
  const failed = creation.find(({ state, error }) => state === "failed" || error);
  const isDone = creation.every(({ state }) => state === "done");
  const made = creation.filter(({ state }) => state === "done");

  const run = useCallback(async () => {
    setRunning(true);
    setTrouble(undefined);
    for (;;) {
      const result = await runCreationStepAction({ target, id }).catch(() => undefined);
      if (!result?.ok) {
        setTrouble(
          result?.error ??
            "The console isn't responding. Created resources are kept. Continue when it responds.",
        );
        break;
      }
      setDraft(result.value);
      const steps = result.value.creation ?? [];
      if (steps.every(({ state }) => state === "done") || steps.some(({ state }) => state === "failed"))
        break;
    }
    setRunning(false);
    await queries.invalidateQueries({ queryKey: ["resources", target] });
    await queries.invalidateQueries({ queryKey: ["pipelines", target] });
  }, [target, id, setDraft, queries]);

  // Begins by itself right after Create; one that was left in the middle waits to be asked.
  const isFresh = creation.every(({ state }) => state === "waiting");
  const begun = useRef(false);
  useEffect(() => {
    if (!isFresh || begun.current) return;
    begun.current = true;
    void run();
  }, [isFresh, run]);

  const remove = async () => {
    setRemoving(true);
    setTrouble(undefined);
    const result = await removeCreatedAction({ target, id }).catch(() => undefined);
    if (result?.ok) {
      setDraft(result.value);
      if (!result.value.creation && failed) showRefusal(failed);
    } else setTrouble(result?.error ?? "The console isn't responding. Try again.");
    setRemoving(false);
    await queries.invalidateQueries({ queryKey: ["resources", target] });
  };

  /** AWS names the field it refuses: back in the draft, that is where its words stand. */
  const showRefusal = (refused: CreationStep) => {
    const fields = Object.entries(refused.error?.fields ?? {});
    const step = STEP_OF[refused.kind];
    const at = refused.kind === "component" ? `newComponents.${creation.indexOf(refused)}.` : "";
    if (fields.length === 0) return;
    for (const [path, message] of fields)
      setError(formPath(step, `${at}${path}`), { type: "refused", message });
    router.push(urls.draft(target, id, step));
  };

  const [pipeline] = creation.slice(-1);
  const isRun = useRef(false);
  useEffect(() => {
    if (!runsAfter || !isDone || !pipeline || isRun.current) return;
    isRun.current = true;
    void runPipelineAction({ target, name: pipeline.name })
      .catch(() => undefined)
      .then((result) => {
        if (result?.ok) router.push(urls.imageBuild(target, result.value));
        else setTrouble(result?.error ?? "Created, but not run: the console isn't responding.");
      });
  }, [runsAfter, isDone, pipeline, target, router]);
  return (
    <Card
      title={isDone ? "Created" : failed ? "Stopped" : isRunning ? "Creating" : "Not finished"}
      note={`${made.length} of ${creation.length}`}
    >
      <ol aria-label="Resources" aria-live="polite" className="m-0 grid list-none gap-2 p-0">
        {creation.map((step, index) => (
          <CreationLine
            key={step.clientToken}
            step={step}
            isNow={isRunning && creation.findIndex(({ state }) => state !== "done") === index}
          />
        ))}
      </ol>
      {trouble && <RefusalNote refusal={trouble} layout="m-0 mt-3" />}
      {!isDone && !isRunning && (
        <p className="m-0 mt-4 max-w-[72ch] text-ink-2">
          {made.length > 0
            ? `${made.length === 1 ? "1 resource exists" : `${made.length} resources exist`} in AWS at no cost. Continue from where creation stopped, or delete the created resources and change the draft.`
            : "Nothing was created yet. Retry, or go back to the draft and change it."}
        </p>
      )}
      <footer className="mt-4 flex flex-wrap justify-end gap-2">
        {isDone && pipeline ? (
          <>
            <RunPipelineButton target={target} name={pipeline.name} label="Run now" variant="secondary" />
            <Link href={urls.pipeline(target, pipeline.name)} className={buttonClass("primary")}>
              Open {pipeline.name}
            </Link>
          </>
        ) : (
          !isRunning && (
            <>
              <PermittedButton action="remove-created" onClick={remove} disabled={isRemoving}>
                {isRemoving
                  ? "Deleting…"
                  : made.length > 0
                    ? "Delete created resources"
                    : "Back to the draft"}
              </PermittedButton>
              <PermittedButton
                action="run-creation-step"
                variant="primary"
                onClick={run}
                disabled={isRemoving}
              >
                {failed ? "Retry" : "Continue"}
              </PermittedButton>
            </>
          )
        )}
      </footer>
    </Card>
  );
}

function CreationLine({
  step: { kind, name, state, arn, error },
  isNow,
}: {
  step: CreationStep;
  isNow: boolean;
}) {
  const said = isNow && state !== "done" ? "running" : state;
  return (
    <li className="grid gap-0.5 rounded-[5px] border border-line px-3 py-2">
      <span className="flex flex-wrap items-center gap-x-3">
        <StatusBadge tone={TONES[said]}>{said}</StatusBadge>
        <span className="font-[550]">{name}</span>
        <span className="text-ink-3 text-xs">{KIND_FACTS[kind].one}</span>
      </span>
      {arn && <Mono>{arn}</Mono>}
      {error && !isNow && <span className="text-fail">{error.message}</span>}
      {error?.missingAction && !isNow && (
        <span className="text-ink-2 text-xs">
          The console&rsquo;s role lacks <Mono>{error.missingAction}</Mono>.
        </span>
      )}
    </li>
  );
}
