"use client";
import { useFormContext, useWatch } from "react-hook-form";
import { ComboField } from "@/components/form/combo-field";
import { NumberField } from "@/components/form/number-field";
import { SelectField } from "@/components/form/select-field";
import { TextField } from "@/components/form/text-field";
import { Radio } from "@/components/ui/inputs";
import type { ScheduleInput } from "@/lib/definitions/pipeline-schemas";
import { canDependenciesChange } from "@/lib/schedule/dependency-updates";
import { ScheduleBuilder } from "./schedule-builder";
import { SchedulePreview } from "./schedule-preview";
import { useRecipeOfForm } from "./use-recipe-of-form";

const ZONES = ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")].map((zone) => ({
  value: zone,
  label: zone,
}));
const IF_NEWER = "EXPRESSION_MATCH_AND_DEPENDENCY_UPDATES_AVAILABLE";

/** By hand, or by a schedule that is built from a few choices or written as AWS wants it. */
export function ScheduleFields({ target, at }: { target: string; at: string }) {
  const { setValue } = useFormContext();
  const path = `${at}schedule`;
  const schedule = useWatch({ name: path }) as Partial<ScheduleInput> | undefined;
  const isScheduled = schedule?.scheduleExpression !== undefined;
  const choose = (byHand: boolean) =>
    setValue(
      path,
      byHand
        ? undefined
        : {
            scheduleExpression: "cron(0 3 * * ? *)",
            timezone: "UTC",
            pipelineExecutionStartCondition: IF_NEWER,
          },
      { shouldDirty: true, shouldValidate: true },
    );
  return (
    <div className="grid gap-3">
      <fieldset className="m-0 flex flex-wrap gap-x-5 gap-y-1 border-0 p-0">
        <legend className="sr-only">Runs</legend>
        {[
          { label: "Manual", byHand: true },
          { label: "Scheduled", byHand: false },
        ].map(({ label, byHand }) => (
          <label key={label} className="flex items-center gap-2">
            <Radio name="schedule-kind" checked={isScheduled !== byHand} onChange={() => choose(byHand)} />
            {label}
          </label>
        ))}
      </fieldset>
      {isScheduled && (
        <>
          <ScheduleBuilder
            expression={schedule.scheduleExpression ?? ""}
            onBuilt={(expression) =>
              setValue(`${path}.scheduleExpression`, expression, { shouldDirty: true, shouldValidate: true })
            }
          />
          <div className="grid gap-3 sm:grid-cols-2">
            <TextField
              name={`${path}.scheduleExpression`}
              label="Schedule expression"
              isRequired
              isMono
              hint="cron(minute hour day month weekday year) or rate(1 day)"
            />
            <ComboField name={`${path}.timezone`} label="Time zone" choices={ZONES} />
          </div>
          <SchedulePreview
            expression={schedule.scheduleExpression ?? ""}
            timezone={schedule.timezone || "UTC"}
          />
          <StartCondition target={target} path={path} condition={schedule.pipelineExecutionStartCondition} />
        </>
      )}
    </div>
  );
}

/** What a match of the expression starts, and whether it ever can. */
function StartCondition({
  target,
  path,
  condition,
}: {
  target: string;
  path: string;
  condition: string | undefined;
}) {
  const recipe = useRecipeOfForm(target);
  // AWS waits for updates unless told otherwise.
  const waits = (condition || IF_NEWER) === IF_NEWER;
  const neverFires = waits && recipe !== undefined && canDependenciesChange(recipe) === false;
  return (
    <>
      <div className="grid gap-3 sm:grid-cols-[minmax(0,1.6fr)_minmax(0,1fr)]">
        <SelectField
          name={`${path}.pipelineExecutionStartCondition`}
          label="Run"
          none="Only when updates are available"
          options={[
            { value: IF_NEWER, label: "Only when updates are available" },
            { value: "EXPRESSION_MATCH_ONLY", label: "On every scheduled run" },
          ]}
        />
        <NumberField
          name={`${path}.autoDisablePolicy.failureCount`}
          label="Disable after consecutive failures"
          unit="1 to 10"
        />
      </div>
      {neverFires && (
        <p role="status" className="m-0 rounded bg-wait-soft px-2.5 py-1.5 text-wait">
          This schedule will never build: the recipe pins every version. Use x.x.x for the base image or a
          component, or run on every schedule.
        </p>
      )}
    </>
  );
}
