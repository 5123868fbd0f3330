"use client";
import { useEffect, useState, useSyncExternalStore } from "react";
import type { FieldValues, UseFormReturn } from "react-hook-form";
import { saveDraftAction } from "@/lib/actions/draft-actions";
import type { DraftContent, PipelineDraft } from "@/lib/authoring/drafts/types";
import { DraftSaver, type Saving } from "./draft-saver";

/** Saves the form's draft as long as the wizard is open, and warns who leaves before that is done. */
export function useDraftSaving({
  target,
  form,
  draft,
}: {
  target: string;
  form: UseFormReturn<FieldValues>;
  draft: PipelineDraft;
}): Saving & Pick<DraftSaver, "save"> {
  const [saver] = useState(
    () =>
      new DraftSaver(
        draft,
        () => form.getValues() as DraftContent,
        (revision, content) => saveDraftAction({ target, id: draft.id, revision, content }),
      ),
  );
  useEffect(() => saver.adopt(draft), [saver, draft]);
  useEffect(() => {
    const unsubscribe = form.subscribe({ formState: { values: true }, callback: saver.type });
    const warn = (event: BeforeUnloadEvent) => {
      if (saver.isUnsaved) event.preventDefault();
    };
    window.addEventListener("beforeunload", warn);
    return () => {
      unsubscribe();
      window.removeEventListener("beforeunload", warn);
      saver.close();
    };
  }, [form, saver]);
  return { ...useSyncExternalStore(saver.subscribe, saver.read, saver.read), save: saver.save };
}
