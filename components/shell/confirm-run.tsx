"use client";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { runPipelineAction } from "@/lib/actions/pipeline-actions";
import { urls } from "@/lib/core/urls";
import type { TargetSummary } from "@/lib/image-builder/targets/types";
import { useRefusal } from "./permissions-provider";

/** Asks before a build is started from the palette, where one key too many is easily pressed; then opens the build. */
export function ConfirmRun({
  target,
  name,
  onClose,
}: {
  target: TargetSummary;
  name: string;
  onClose: () => void;
}) {
  const router = useRouter();
  const refusal = useRefusal("run-pipeline", name);
  const [isStarting, start] = useTransition();
  const [failure, setFailure] = useState<string>();
  const run = () =>
    start(async () => {
      const result = await runPipelineAction({ target: target.id, name });
      if (!result.ok) return setFailure(result.error.message);
      onClose();
      router.push(urls.imageBuild(target.id, result.value));
    });
  return (
    <ConfirmDialog
      title={`Run ${name} in ${target.label}?`}
      confirmLabel={isStarting ? "Starting…" : "Run pipeline"}
      keepLabel="Cancel"
      isGuarded
      isBusy={isStarting || refusal !== undefined}
      error={refusal ?? failure}
      onConfirm={run}
      onClose={onClose}
    >
      Starts a build now in account {target.accountId}, {target.region}.
    </ConfirmDialog>
  );
}
