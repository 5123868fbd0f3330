"use client";
import { usePathname, useRouter } from "next/navigation";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { type FieldValues, FormProvider, useForm } from "react-hook-form";
import { PageHeader } from "@/components/ui/page-header";
import type { DraftPlace } from "@/lib/authoring/drafts/draft-plan";
import type { DraftContent, PipelineDraft } from "@/lib/authoring/drafts/types";
import { urls } from "@/lib/core/urls";
import { DraftCompanyNote } from "./draft-company";
import { draftErrors, toFormErrors } from "./draft-errors";
import { DiscardButton, KeepAsAnother, SaveNote } from "./draft-header";
import { useDraftSaving } from "./use-draft-saving";
import { useFollowingNames } from "./use-following-names";
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
  useFollowingNames(form);
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
