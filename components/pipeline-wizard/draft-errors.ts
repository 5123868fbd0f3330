import { type FieldErrors, set } from "react-hook-form";
import { type DraftPlace, planDraft } from "@/lib/authoring/drafts/draft-plan";
import type { DraftContent, WizardStep } from "@/lib/authoring/drafts/types";

/** Paths in the form's values to what is wrong there, by the step that shows it. */
export type StepErrors = Partial<Record<WizardStep, Record<string, string>>>;

/** Everything that keeps a draft from being created. */
export function draftErrors(content: DraftContent, place: DraftPlace): StepErrors {
  const plan = planDraft(content, place);
  if (plan.ok) return {};
  return Object.fromEntries(
    Object.entries(plan.errors).map(([step, errors]) => [
      step,
      Object.fromEntries(Object.entries(errors).map(([path, message]) => [formPath(step, path), message])),
    ]),
  );
}

/** The same as the form library wants it: nested like the values. */
export function toFormErrors(errors: StepErrors): FieldErrors {
  const nested: FieldErrors = {};
  for (const [path, message] of Object.values(errors).flatMap((one) => Object.entries(one))) {
    set(nested, path, { type: "invalid", message });
  }
  return nested;
}

/** A plan names fields by their step, the form by where they stand in the draft. */
export function formPath(step: string, path: string): string {
  if (step === "details") return `details.${path}`;
  if (path.startsWith("newComponents.")) return path.replace("newComponents.", "components.");
  return path === "arn" ? `${step}.arn` : `${step}.input.${path}`;
}
