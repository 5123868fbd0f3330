"use client";
import { useState } from "react";
import { useFormContext } from "react-hook-form";
import { ComboField } from "@/components/form/combo-field";
import { INPUT } from "@/components/form/field";
import { NumberField } from "@/components/form/number-field";
import { SelectField } from "@/components/form/select-field";
import { TextField } from "@/components/form/text-field";
import { canDependenciesChange } from "./dependency-updates";
import { SchedulePreview } from "./schedule-preview";

const AT = "details.schedule";

const ZONES = ["UTC", ...Intl.supportedValuesOf("timeZone")].map((zone) => ({ value: zone, label: zone }));

/** By hand, or by a schedule that is built from a few choices or written as AWS wants it. */
export function ScheduleFields() {
  const { watch, setValue } = useFormContext();
  const schedule = watch(AT) as { scheduleExpression?: string; timezone?: string } | undefined;
  const isScheduled = schedule?.scheduleExpression !== undefined;
  const condition = watch(`${AT}.pipelineExecutionStartCondition`);
  const [recipe, components] = watch(["recipe", "components"]);
  const neverFires =
    isScheduled &&
    condition === "EXPRESSION_MATCH_AND_DEPENDENCY_UPDATES_AVAILABLE" &&
    canDependenciesChange(recipe, components) === false;
  const choose = (byHand: boolean) =>
    setValue(
      AT,
      byHand
        ? undefined
        : {
            scheduleExpression: "cron(0 3 * * ? *)",
            timezone: "UTC",
            pipelineExecutionStartCondition: "EXPRESSION_MATCH_AND_DEPENDENCY_UPDATES_AVAILABLE",
          },
      { shouldDirty: true, shouldValidate: true },
    );
  return (
    <fieldset className="m-0 grid gap-3 border-0 p-0">
      <legend className="mb-1 p-0 font-[550]">Runs</legend>
      <div className="flex flex-wrap gap-x-5 gap-y-1">
        {[
          { label: "When somebody runs it", byHand: true },
          { label: "On a schedule", byHand: false },
        ].map(({ label, byHand }) => (
          <label key={label} className="flex items-center gap-2">
            <input
              type="radio"
              name="schedule-kind"
              checked={isScheduled !== byHand}
              onChange={() => choose(byHand)}
              className="size-3.5 accent-(--accent)"
            />
            {label}
          </label>
        ))}
      </div>
      {isScheduled && (
        <>
          <ScheduleBuilder
            onBuilt={(expression) =>
              setValue(`${AT}.scheduleExpression`, expression, { shouldDirty: true, shouldValidate: true })
            }
          />
          <div className="grid gap-3 sm:grid-cols-2">
            <TextField
              name={`${AT}.scheduleExpression`}
              label="Schedule expression"
              isRequired
              isMono
              hint="cron(minute hour day month weekday year) or rate(1 day)"
            />
            <ComboField name={`${AT}.timezone`} label="Time zone" choices={ZONES} />
          </div>
          <SchedulePreview
            expression={schedule.scheduleExpression ?? ""}
            timezone={schedule.timezone || "UTC"}
          />
          <div className="grid gap-3 sm:grid-cols-2">
            <SelectField
              name={`${AT}.pipelineExecutionStartCondition`}
              label="At that time, build"
              none="If a component or the base image is newer"
              options={[
                {
                  value: "EXPRESSION_MATCH_AND_DEPENDENCY_UPDATES_AVAILABLE",
                  label: "If a component or the base image is newer",
                },
                { value: "EXPRESSION_MATCH_ONLY", label: "Always" },
              ]}
              hint={
                neverFires ? (
                  <span className="text-wait">
                    The recipe names every version exactly, so nothing in it can become newer: this schedule
                    would never build. Let a component or the base image follow x.x.x, or build always.
                  </span>
                ) : undefined
              }
            />
            <NumberField
              name={`${AT}.autoDisablePolicy.failureCount`}
              label="Disable after failures in a row"
              unit="1 to 10"
            />
          </div>
        </>
      )}
    </fieldset>
  );
}

const FREQUENCIES = {
  daily: { label: "Every day", days: "* * ? *" },
  weekdays: { label: "Monday to Friday", days: "? * MON-FRI *" },
  weekly: { label: "Every Sunday", days: "? * SUN *" },
  monthly: { label: "On the first of the month", days: "1 * ? *" },
} as const;
type Frequency = keyof typeof FREQUENCIES;

/** Writes the expression out of a frequency and a time. */
function ScheduleBuilder({ onBuilt }: { onBuilt: (expression: string) => void }) {
  const [frequency, setFrequency] = useState<Frequency>("daily");
  const [time, setTime] = useState("03:00");
  const build = (chosen: Frequency, at: string) => {
    const [hour = "3", minute = "0"] = at.split(":");
    onBuilt(`cron(${Number(minute)} ${Number(hour)} ${FREQUENCIES[chosen].days})`);
  };
  return (
    <div className="flex flex-wrap gap-2">
      <select
        aria-label="How often"
        value={frequency}
        onChange={({ target }) => {
          const chosen = target.value as Frequency;
          setFrequency(chosen);
          build(chosen, time);
        }}
        className={`${INPUT} sm:w-56`}
      >
        {Object.entries(FREQUENCIES).map(([value, { label }]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
      <input
        type="time"
        aria-label="At"
        value={time}
        onChange={({ target }) => {
          setTime(target.value);
          if (target.value) build(frequency, target.value);
        }}
        className={`${INPUT} sm:w-32`}
      />
    </div>
  );
}
