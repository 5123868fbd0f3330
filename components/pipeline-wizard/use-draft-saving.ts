"use client";
import { useEffect, useRef, useState } from "react";
import type { FieldValues, UseFormReturn } from "react-hook-form";
import { saveDraftAction } from "@/lib/actions/draft-actions";
import type { DraftContent, PipelineDraft } from "@/lib/authoring/drafts/types";
import type { SaveState } from "./wizard-context";

const QUIET_MS = 700;

/**
 * Saves the draft when typing pauses, one save at a time. A save that builds on an older revision is refused:
 * then nothing is saved any more until the draft is loaded again, so that no one's work is overwritten.
 */
export function useDraftSaving({
  target,
  form,
  draft,
  onRevision,
  onContent,
}: {
  target: string;
  form: UseFormReturn<FieldValues>;
  draft: PipelineDraft;
  onRevision: (revision: number) => void;
  onContent: (content: DraftContent) => void;
}): { saveState: SaveState; save: () => Promise<number | undefined> } {
  const [saveState, setSaveState] = useState<SaveState>({ is: "saved", at: draft.updatedAt });
  const latest = useRef({ revision: draft.revision, isDirty: false, isStopped: false, hasCreation: false });
  latest.current.revision = Math.max(latest.current.revision, draft.revision);
  latest.current.hasCreation = draft.creation !== undefined;
  const running = useRef<Promise<number | undefined>>(Promise.resolve(undefined));

  const send = async (): Promise<number | undefined> => {
    const now = latest.current;
    if (!now.isDirty || now.hasCreation) return now.revision;
    if (now.isStopped) return undefined;
    now.isDirty = false;
    setSaveState({ is: "saving" });
    const content = form.getValues() as DraftContent;
    const result = await saveDraftAction({ target, id: draft.id, revision: now.revision, content }).catch(
      (error: unknown) => ({
        ok: false as const,
        error: { code: "unavailable" as const, message: String(error) },
      }),
    );
    if (result.ok) {
      now.revision = result.value.revision;
      onRevision(result.value.revision);
      setSaveState({ is: "saved", at: new Date().toISOString() });
      return now.revision;
    }
    now.isDirty = true;
    now.isStopped = result.error.code === "conflict";
    setSaveState({ is: now.isStopped ? "conflict" : "failed", reason: result.error.message });
    return undefined;
  };
  const save = () => {
    running.current = running.current.then(send);
    return running.current;
  };

  const callbacks = useRef({ save, onContent });
  callbacks.current = { save, onContent };
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const unsubscribe = form.subscribe({
      formState: { values: true },
      callback: ({ values }) => {
        latest.current.isDirty = true;
        if (!latest.current.isStopped) setSaveState({ is: "unsaved" });
        clearTimeout(timer);
        timer = setTimeout(() => {
          callbacks.current.onContent(values as DraftContent);
          void callbacks.current.save();
        }, QUIET_MS);
      },
    });
    const warn = (event: BeforeUnloadEvent) => {
      if (latest.current.isDirty && !latest.current.isStopped) event.preventDefault();
    };
    window.addEventListener("beforeunload", warn);
    return () => {
      clearTimeout(timer);
      unsubscribe();
      window.removeEventListener("beforeunload", warn);
    };
  }, [form]);

  return { saveState, save };
}
