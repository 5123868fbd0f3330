"use client";
import Link from "next/link";
import { type ReactNode, useState, useTransition } from "react";
import { useFormContext } from "react-hook-form";
import { CodeCard } from "@/components/resources/code-card";
import { PermittedButton } from "@/components/shell/permitted-button";
import { Card } from "@/components/ui/card";
import { FactList } from "@/components/ui/fact-list";
import { beginCreationAction } from "@/lib/actions/draft-actions";
import { planDraft } from "@/lib/authoring/drafts/draft-plan";
import type { DraftContent, WizardStep } from "@/lib/authoring/drafts/types";
import { urls } from "@/lib/core/urls";
import { KIND_FACTS } from "@/lib/definitions/resource-kinds";
import { CreationProgress } from "./creation-progress";
import { draftErrors } from "./draft-errors";
import { draftFacts } from "./draft-facts";
import { useWizard } from "./wizard-context";
import { STEP_TITLES } from "./wizard-steps";

const PARTS = ["details", "recipe", "infrastructure", "distribution"] as const;

/** Everything on one page, what would stop it, the same as code, and Create. `checks` is the preflight. */
export function ReviewStep({ checks }: { checks?: ReactNode }) {
  const { target, place, draft, setDraft, save } = useWizard();
  const { getValues } = useFormContext();
  const content = getValues() as DraftContent;
  const errors = draftErrors(content, place);
  const plan = planDraft(content, place);
  const [refusal, setRefusal] = useState<string>();
  const [isBusy, start] = useTransition();
  const [runsAfter, setRunsAfter] = useState(false);
  const isReady = Object.keys(errors).length === 0;

  if (draft.creation) return <CreationProgress runsAfter={runsAfter} />;

  const create = (andRun: boolean) =>
    start(async () => {
      setRunsAfter(andRun);
      setRefusal(undefined);
      const revision = await save();
      if (revision === undefined) return setRefusal("Couldn't save the draft. Nothing was created.");
      const result = await beginCreationAction({ target, id: draft.id, revision });
      if (result.ok) setDraft(result.value);
      else setRefusal(result.error.message);
    });

  return (
    <div className="grid gap-4">
      {PARTS.map((step) => (
        <Card
          key={step}
          title={STEP_TITLES[step]}
          action={
            <Link href={urls.draft(target, draft.id, step)} prefetch={false}>
              Change
            </Link>
          }
        >
          <div className="grid gap-3">
            {errors[step] && <StepProblems step={step} errors={errors[step]} />}
            <FactList facts={draftFacts(content, step)} />
          </div>
        </Card>
      ))}
      {checks}
      {plan.ok && (
        <Card title="Resources to create" note={`${plan.resources.length}`}>
          <ol className="m-0 grid list-decimal gap-1 pl-5">
            {plan.resources.map(({ kind, arn, input }) => (
              <li key={arn}>
                {input.name} <span className="text-ink-3 text-xs">{KIND_FACTS[kind].one}</span>
              </li>
            ))}
          </ol>
        </Card>
      )}
      {plan.ok && <CodeCard resources={plan.resources} region={place.region} />}
      <footer className="sticky bottom-0 z-10 flex flex-wrap items-center justify-end gap-x-3 gap-y-1.5 rounded-lg border border-line bg-surface px-3.5 py-2.5 shadow-soft">
        {refusal && (
          <span role="alert" className="text-fail">
            {refusal}
          </span>
        )}
        <span className="text-ink-2">
          {plan.ok
            ? `Creates ${plan.resources.length} ${plan.resources.length === 1 ? "resource" : "resources"} in ${place.region}.`
            : "Fix the errors above to continue."}
        </span>
        <PermittedButton action="begin-creation" onClick={() => create(false)} disabled={isBusy || !isReady}>
          {isBusy && !runsAfter ? "Creating…" : "Create pipeline"}
        </PermittedButton>
        <PermittedButton
          action="run-pipeline"
          resource={content.details.name}
          variant="primary"
          onClick={() => create(true)}
          disabled={isBusy || !isReady}
        >
          {isBusy && runsAfter ? "Creating…" : "Create and run"}
        </PermittedButton>
      </footer>
    </div>
  );
}

function StepProblems({ step, errors }: { step: WizardStep; errors: Record<string, string> }) {
  return (
    <ul
      aria-label={`Missing in ${STEP_TITLES[step]}`}
      className="m-0 grid list-disc gap-0.5 rounded bg-fail-soft py-1.5 pr-2.5 pl-7"
    >
      {Object.entries(errors).map(([path, message]) => (
        <li key={path} className="text-fail">
          {message}
        </li>
      ))}
    </ul>
  );
}
