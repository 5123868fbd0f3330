"use client";
import { Check, CircleAlert, Minus } from "lucide-react";
import type { ReactNode } from "react";
import { useWatch } from "react-hook-form";
import { Card } from "@/components/ui/card";
import { toAwsCli } from "@/lib/as-code/to-aws-cli";
import type { CodeKind } from "@/lib/as-code/types";
import { estimateCost, sayUsd } from "@/lib/authoring/cost/estimate-cost";
import { planDraft } from "@/lib/authoring/drafts/draft-plan";
import type { DraftContent, WizardStep } from "@/lib/authoring/drafts/types";
import type { JsonObject } from "@/lib/definitions/types";
import { canDependenciesChange } from "@/lib/schedule/dependency-updates";
import { describeSchedule } from "@/lib/schedule/describe-schedule";
import { useWizard } from "./wizard-context";
import { STEP_TITLES } from "./wizard-steps";

type Step = Exclude<WizardStep, "review">;
const STEPS: Step[] = ["details", "recipe", "infrastructure", "distribution"];

/** Beside a step: what the draft has come to, what it is going to cost, and what this step makes, as a command. */
export function DraftSoFar({ step }: { step: Step }) {
  const { errors, place } = useWizard();
  const content = useWatch() as DraftContent;
  const { runUsd, monthUsd } = estimateCost({
    recipe: inputOf(content.recipe),
    infrastructure: inputOf(content.infrastructure),
    distribution: inputOf(content.distribution),
  });
  const plan = planDraft(content, place);
  const made = plan.ok ? plan.resources.find(({ kind }) => MAKES[step].includes(kind)) : undefined;
  return (
    <aside aria-label="Progress" className="hidden min-w-0 content-start gap-4 xl:grid">
      <Card title="Progress">
        <ul className="m-0 grid list-none gap-1.5 p-0">
          {STEPS.map((one) => {
            const wrong = Object.keys(errors[one] ?? {}).length;
            return (
              <SoFarLine key={one} tone={wrong === 0 ? "ok" : "open"}>
                {STEP_TITLES[one]}
                {wrong > 0 && (wrong === 1 ? ": 1 required field" : `: ${wrong} required fields`)}
              </SoFarLine>
            );
          })}
          {scheduleNote(content)}
        </ul>
        <p className="m-0 mt-3 border-line border-t pt-3">
          About {sayUsd(runUsd)} per build and {sayUsd(monthUsd)} per month for each stored image{" "}
          <span className="text-ink-3">estimate</span>
        </p>
      </Card>
      {made && (
        <pre className="m-0 max-h-72 overflow-hidden rounded-lg border border-line bg-sunken px-3.5 py-3 font-mono text-ink-2 text-xs">
          {toAwsCli([made], place.region)}
        </pre>
      )}
    </aside>
  );
}

const MAKES: Record<Step, CodeKind[]> = {
  details: ["image-pipeline"],
  recipe: ["image-recipe", "container-recipe"],
  infrastructure: ["infrastructure-configuration"],
  distribution: ["distribution-configuration"],
};

function scheduleNote({ details, recipe }: DraftContent): ReactNode {
  const { scheduleExpression, timezone = "UTC", pipelineExecutionStartCondition } = details.schedule ?? {};
  if (!scheduleExpression) return <SoFarLine tone="open">Runs manually</SoFarLine>;
  const always = pipelineExecutionStartCondition === "EXPRESSION_MATCH_ONLY";
  const never = !always && recipe.use !== "existing" && canDependenciesChange(recipe.input) === false;
  return (
    <SoFarLine tone={never ? "wait" : "ok"}>
      {describeSchedule(scheduleExpression, timezone)}
      {never && ", but never builds: the recipe pins every version"}
    </SoFarLine>
  );
}

const MARKS = {
  ok: <Check size={13} className="mt-1 text-ok" aria-hidden="true" />,
  wait: <CircleAlert size={13} className="mt-1 text-wait" aria-hidden="true" />,
  open: <Minus size={13} className="mt-1 text-ink-3" aria-hidden="true" />,
};

const SoFarLine = ({ tone, children }: { tone: keyof typeof MARKS; children: ReactNode }) => (
  <li className={`grid grid-cols-[auto_minmax(0,1fr)] gap-2 ${tone === "wait" ? "text-wait" : ""}`}>
    {MARKS[tone]}
    <span>{children}</span>
  </li>
);

/** Of a part that exists already nothing stands in the draft but its ARN. */
const inputOf = (part: DraftContent["recipe" | "infrastructure" | "distribution"]) =>
  "input" in part ? (part.input as JsonObject) : undefined;
