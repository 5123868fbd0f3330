"use client";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { PermittedButton } from "@/components/shell/permitted-button";
import type { ButtonVariant } from "@/components/ui/button";
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
        onClick={run}
        disabled={isStarting}
        aria-label={label === "Run pipeline" ? undefined : `Run pipeline ${name}`}
      >
        {isStarting ? "Starting…" : label}
      </PermittedButton>
      {refusal && (
        <span role="alert" className="max-w-[40ch] text-fail text-xs">
          {refusal}
        </span>
      )}
    </span>
  );
}
