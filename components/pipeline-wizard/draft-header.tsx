"use client";
import { useRouter } from "next/navigation";
import { type ReactNode, useState, useTransition } from "react";
import { PermittedButton } from "@/components/shell/permitted-button";
import { Button } from "@/components/ui/button";
import { RelativeTime } from "@/components/ui/relative-time";
import { createDraftAction, discardDraftAction, saveDraftAction } from "@/lib/actions/draft-actions";
import type { DraftContent } from "@/lib/authoring/drafts/types";
import { urls } from "@/lib/core/urls";
import type { SaveState } from "./draft-saver";

/** How the saving goes. `children` is what else can be done when somebody else has saved the draft meanwhile. */
export function SaveNote({
  state,
  onSave,
  children,
}: {
  state: SaveState;
  onSave: () => void;
  children: ReactNode;
}) {
  return (
    <span role="status" className="flex max-w-[60ch] flex-wrap items-center gap-2 text-ink-3">
      {state.is === "saved" && (
        <span>
          Draft saved <RelativeTime at={state.at} />
        </span>
      )}
      {(state.is === "saving" || state.is === "unsaved") && "Saving"}
      {state.is === "failed" && (
        <>
          <span className="text-fail">Not saved: {state.reason}</span>
          <PermittedButton action="save-draft" onClick={onSave}>
            Save now
          </PermittedButton>
        </>
      )}
      {state.is === "conflict" && (
        <>
          <span className="text-wait">{state.reason}</span>
          {children}
          <Button onClick={() => window.location.reload()}>Reload</Button>
        </>
      )}
    </span>
  );
}

/** What was typed here while somebody else saved goes on as a draft of its own. */
export function KeepAsAnother({ target, contentOf }: { target: string; contentOf: () => DraftContent }) {
  const router = useRouter();
  const [isBusy, start] = useTransition();
  const [refusal, setRefusal] = useState<string>();
  const keep = () =>
    start(async () => {
      const created = await createDraftAction({ target, origin: { from: "nothing" } });
      if (!created.ok) return setRefusal(created.error.message);
      const { id } = created.value;
      const saved = await saveDraftAction({ target, id, revision: 1, content: contentOf() });
      if (!saved.ok) return setRefusal(saved.error.message);
      router.push(urls.draft(target, id, "details"));
    });
  return (
    <>
      {refusal && <span className="text-fail">{refusal}</span>}
      <PermittedButton action="create-draft" onClick={keep} disabled={isBusy}>
        Save mine as a new draft
      </PermittedButton>
    </>
  );
}

/** Asks once more before the draft is gone. */
export function DiscardButton({ target, id }: { target: string; id: string }) {
  const router = useRouter();
  const [refusal, setRefusal] = useState<string>();
  const [isBusy, start] = useTransition();
  const [isAsked, setAsked] = useState(false);
  const discard = () =>
    start(async () => {
      const result = await discardDraftAction({ target, id });
      if (result.ok) router.push(urls.pipelines(target));
      else setRefusal(result.error.message);
    });
  return (
    <span className="flex items-center gap-2">
      {refusal && (
        <span role="alert" className="text-fail">
          {refusal}
        </span>
      )}
      {isAsked && <Button onClick={() => setAsked(false)}>Cancel</Button>}
      <PermittedButton
        action="discard-draft"
        variant={isAsked ? "danger" : "quiet"}
        onClick={() => (isAsked ? discard() : setAsked(true))}
        disabled={isBusy}
      >
        {isAsked ? "Discard draft" : "Discard"}
      </PermittedButton>
    </span>
  );
}
