"use client";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { PermittedButton } from "@/components/shell/permitted-button";
import type { ButtonVariant } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useGuardWord } from "@/components/ui/confirm-guard";
import { runPipelineAction } from "@/lib/actions/pipeline-actions";
import { urls } from "@/lib/core/urls";

/** Starts a build and goes to its page; what AWS refuses is said here. */
export function RunPipelineButton({
  target,
  name,
  label = "Run pipeline",
  variant = "primary",
}: {
  target: string;
  name: string;
  label?: string;
  variant?: ButtonVariant;
}) {
  const router = useRouter();
  const [isStarting, start] = useTransition();
  const [refusal, setRefusal] = useState<string>();
  // In production a click alone starts nothing.
  const guard = useGuardWord();
  const [isAsking, setAsking] = useState(false);
  const run = () =>
    start(async () => {
      const result = await runPipelineAction({ target, name });
      if (result.ok) router.push(urls.imageBuild(target, result.value));
      else setRefusal(result.error.message);
    });
  return (
    <span className="inline-grid justify-items-end gap-1">
      <PermittedButton
        action="run-pipeline"
        resource={name}
        variant={variant}
        onClick={guard === undefined ? run : () => setAsking(true)}
        disabled={isStarting}
        aria-label={label === "Run pipeline" ? undefined : `Run pipeline ${name}`}
      >
        {isStarting ? "Starting…" : label}
      </PermittedButton>
      {isAsking && (
        <ConfirmDialog
          title={`Run ${name}?`}
          confirmLabel={isStarting ? "Starting…" : "Run pipeline"}
          keepLabel="Cancel"
          isGuarded
          isBusy={isStarting}
          error={refusal}
          onConfirm={run}
          onClose={() => setAsking(false)}
        >
          Starts a build now.
        </ConfirmDialog>
      )}
      {refusal && !isAsking && (
        <span role="alert" className="max-w-[40ch] text-fail text-xs">
          {refusal}
        </span>
      )}
    </span>
  );
}
