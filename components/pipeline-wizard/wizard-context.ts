"use client";
import { createContext, useContext } from "react";
import type { DraftPlace } from "@/lib/authoring/drafts/draft-plan";
import type { PipelineDraft } from "@/lib/authoring/drafts/types";
import type { StepErrors } from "./draft-errors";

export type SaveState =
  | { is: "saved"; at: string }
  | { is: "unsaved" }
  | { is: "saving" }
  | { is: "failed"; reason: string }
  | { is: "conflict"; reason: string };

export type Wizard = {
  target: string;
  place: DraftPlace;
  draft: PipelineDraft;
  /** After a creation moved on. */
  setDraft: (draft: PipelineDraft) => void;
  errors: StepErrors;
  saveState: SaveState;
  /** Saves what is typed now; gives the draft's revision, or undefined when it could not be saved. */
  save: () => Promise<number | undefined>;
};

export const WizardContext = createContext<Wizard | undefined>(undefined);

export function useWizard(): Wizard {
  const wizard = useContext(WizardContext);
  if (!wizard) throw new Error("A step of the wizard stands outside of it.");
  return wizard;
}
