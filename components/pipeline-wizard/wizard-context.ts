"use client";
import { createContext, useContext } from "react";
import type { DraftPlace } from "@/lib/authoring/drafts/draft-plan";
import type { PipelineDraft } from "@/lib/authoring/drafts/types";
import type { StepErrors } from "./draft-errors";
import type { SaveState } from "./draft-saver";

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
  if (!wizard) throw new Error("A wizard step is rendered outside the wizard.");
  return wizard;
}
