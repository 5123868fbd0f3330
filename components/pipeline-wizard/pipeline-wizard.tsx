"use client";
import { usePathname, useRouter } from "next/navigation";
import { type ReactNode, useEffect, useMemo, useState, useTransition } from "react";
import { type FieldValues, FormProvider, useForm } from "react-hook-form";
import { PermittedButton } from "@/components/shell/permitted-button";
import { Button } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { RelativeTime } from "@/components/ui/relative-time";
import { createDraftAction, discardDraftAction, saveDraftAction } from "@/lib/actions/draft-actions";
import type { DraftPlace } from "@/lib/authoring/drafts/draft-plan";
import type { DraftContent, PipelineDraft } from "@/lib/authoring/drafts/types";
import { urls } from "@/lib/core/urls";
import { DraftCompanyNote } from "./draft-company";
import { draftErrors, toFormErrors } from "./draft-errors";
import type { SaveState } from "./draft-saver";
import { useDraftSaving } from "./use-draft-saving";
import { WizardContext } from "./wizard-context";
import { WizardSteps } from "./wizard-steps";

/**
 * What the five pages of the wizard share: one form over the whole draft, which saves itself as one types and
 * outlives the change from step to step.
 */
export function PipelineWizard({
  target,
  place,
  draft: initial,
  children,
}: {
  target: string;
  place: DraftPlace;
  draft: PipelineDraft;
  children: ReactNode;
}) {
  const [known, setDraft] = useState(initial);
  const form = useForm<FieldValues>({
    defaultValues: initial.content,
    mode: "onChange",
    resolver: (values) => {
      const errors = toFormErrors(draftErrors(values as DraftContent, place));
      return Object.keys(errors).length > 0 ? { values: {}, errors } : { values, errors: {} };
    },
  });
  const { state: saveState, save, revision, content } = useDraftSaving({ target, form, draft: known });
  const draft = { ...known, revision };
  const errors = useMemo(() => draftErrors(content, place), [content, place]);
  useCreationStaysOnReview(target, draft);

  const name = form.watch("details.name");
  return (
    <WizardContext value={{ target, place, draft, setDraft, errors, saveState, save }}>
      <FormProvider {...form}>
        <PageHeader crumbs="Pipelines" title={name ? `New pipeline ${name}` : "New pipeline"}>
          <SaveNote state={saveState} onSave={save}>
            <KeepAsAnother target={target} contentOf={() => form.getValues() as DraftContent} />
          </SaveNote>
          {!draft.creation && <DiscardButton target={target} id={draft.id} />}
        </PageHeader>
        {saveState.is !== "conflict" && (
          <DraftCompanyNote
            target={target}
            draft={draft}
            isSettled={saveState.is === "saved" || saveState.is === "failed"}
          >
            <KeepAsAnother target={target} contentOf={() => form.getValues() as DraftContent} />
          </DraftCompanyNote>
        )}
        <div className="grid items-start gap-4 lg:grid-cols-[200px_minmax(0,1fr)]">
          <WizardSteps
            target={target}
            id={draft.id}
            errors={errors}
            isLocked={draft.creation !== undefined}
          />
          <div className="min-w-0">{children}</div>
        </div>
      </FormProvider>
    </WizardContext>
  );
}

/** Once parts of it exist in AWS, a draft can be finished or undone, not changed. */
function useCreationStaysOnReview(target: string, { id, creation }: PipelineDraft) {
  const router = useRouter();
  const pathname = usePathname();
  const review = urls.draft(target, id, "review");
  useEffect(() => {
    if (creation && pathname !== review) router.replace(review);
  }, [creation, pathname, review, router]);
}

/** `children` is what else can be done when somebody else has saved the draft meanwhile. */
function SaveNote({
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
          <Button onClick={() => window.location.reload()}>Load it again</Button>
        </>
      )}
    </span>
  );
}

/** What was typed here while somebody else saved goes on as a draft of its own. */
function KeepAsAnother({ target, contentOf }: { target: string; contentOf: () => DraftContent }) {
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
        Keep mine as another draft
      </PermittedButton>
    </>
  );
}

function DiscardButton({ target, id }: { target: string; id: string }) {
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
      {isAsked && <Button onClick={() => setAsked(false)}>Keep it</Button>}
      <PermittedButton
        action="discard-draft"
        variant={isAsked ? "danger" : "quiet"}
        onClick={() => (isAsked ? discard() : setAsked(true))}
        disabled={isBusy}
      >
        {isAsked ? "Discard for good" : "Discard"}
      </PermittedButton>
    </span>
  );
}
