"use client";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { PermittedButton } from "@/components/shell/permitted-button";
import { createDraftAction } from "@/lib/actions/draft-actions";
import { urls } from "@/lib/urls";
import type { RecipeKind } from "./recipe-fields";

/** Begins a pipeline that uses this recipe. */
export function CreatePipelineButton({
  target,
  kind,
  arn,
}: {
  target: string;
  kind: RecipeKind;
  arn: string;
}) {
  const router = useRouter();
  const [refusal, setRefusal] = useState<string>();
  const [isBusy, start] = useTransition();
  const begin = () =>
    start(async () => {
      const result = await createDraftAction({ target, origin: { from: "recipe", kind, arn } });
      if (result.ok) router.push(urls.draft(target, result.value.id, "details"));
      else setRefusal(result.error.message);
    });
  return (
    <span className="inline-grid gap-1">
      <PermittedButton action="create-draft" variant="primary" onClick={begin} disabled={isBusy}>
        Create pipeline
      </PermittedButton>
      {refusal && (
        <span role="alert" className="max-w-[40ch] text-fail text-xs">
          {refusal}
        </span>
      )}
    </span>
  );
}
