"use client";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { PermittedButton } from "@/components/shell/permitted-button";
import type { ButtonVariant } from "@/components/ui/button";
import { createDraftAction } from "@/lib/actions/draft-actions";
import type { DraftOrigin } from "@/lib/authoring/drafts/schemas";
import { urls } from "@/lib/core/urls";

/** Begins a pipeline that follows what exists, and leads into the wizard with everything filled in. */
export function BeginDraftButton({
  target,
  origin,
  label,
  variant,
  title,
}: {
  target: string;
  origin: DraftOrigin;
  label: string;
  variant?: ButtonVariant;
  /** What it is going to do, in a sentence. */
  title: string;
}) {
  const router = useRouter();
  const [refusal, setRefusal] = useState<string>();
  const [isBusy, start] = useTransition();
  const begin = () =>
    start(async () => {
      setRefusal(undefined);
      const result = await createDraftAction({ target, origin });
      if (result.ok) router.push(urls.draft(target, result.value.id, "details"));
      else setRefusal(result.error.message);
    });
  return (
    <span className="inline-grid gap-1">
      <PermittedButton
        action="create-draft"
        variant={variant}
        onClick={begin}
        disabled={isBusy}
        title={title}
      >
        {label}
      </PermittedButton>
      {refusal && (
        <span role="alert" className="max-w-[40ch] text-fail text-xs">
          {refusal}
        </span>
      )}
    </span>
  );
}
