"use client";
import { useRouter } from "next/navigation";
import { type FormEvent, type ReactNode, useState } from "react";
import { useFormContext } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { WIZARD_STEPS, type WizardStep } from "@/lib/authoring/drafts/types";
import { urls } from "@/lib/core/urls";
import { DraftSoFar } from "./draft-so-far";
import { StepChecks } from "./step-checks";
import { useWizard } from "./wizard-context";
import { STEP_TITLES } from "./wizard-steps";

/** The frame of one step: its fields, back and on. Going on shows what is wrong here first; a second time it goes on all the same. */
export function WizardStepFrame({
  step,
  action,
  children,
}: {
  step: Exclude<WizardStep, "review">;
  action?: ReactNode;
  children: ReactNode;
}) {
  const router = useRouter();
  const form = useFormContext();
  const { target, draft, errors, save } = useWizard();
  const [isWarned, setWarned] = useState(false);
  const index = WIZARD_STEPS.indexOf(step);
  const before = WIZARD_STEPS[index - 1];
  const after = WIZARD_STEPS[index + 1] ?? "review";
  const count = Object.keys(errors[step] ?? {}).length;

  const goOn = async (event: FormEvent) => {
    event.preventDefault();
    await save();
    const isRight = await form.trigger(step === "recipe" ? ["recipe", "components"] : step, {
      shouldFocus: true,
    });
    if (isRight || isWarned) router.push(urls.draft(target, draft.id, after));
    else setWarned(true);
  };
  return (
    <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_260px]">
      <form onSubmit={goOn} noValidate className="grid min-w-0 grid-cols-1 gap-4">
        <Card title={STEP_TITLES[step]} action={action}>
          {children}
          <footer className="mt-5 flex flex-wrap items-center gap-2 border-line border-t pt-3">
            {before && (
              <Button variant="quiet" onClick={() => router.push(urls.draft(target, draft.id, before))}>
                Back
              </Button>
            )}
            <span className="flex-1" />
            {isWarned && count > 0 && (
              <span role="alert" className="text-fail">
                {count === 1 ? "1 field needs" : `${count} fields need`} attention
              </span>
            )}
            <Button variant="primary" type="submit">
              {isWarned && count > 0 ? "Continue anyway" : `Next: ${STEP_TITLES[after]}`}
            </Button>
          </footer>
        </Card>
        <StepChecks step={step} />
      </form>
      <DraftSoFar step={step} />
    </div>
  );
}
