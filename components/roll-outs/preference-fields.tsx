"use client";
import { type ReactNode, useId } from "react";
import { Checkbox, Input, Select } from "@/components/ui/inputs";
import type { RollOutPreferences } from "@/lib/fleet/roll-outs/types";

/** The preferences as they are typed: lists are one line of text until they are read. */
export type TypedPreferences = Record<
  | "minHealthyPercentage"
  | "maxHealthyPercentage"
  | "instanceWarmup"
  | "checkpointPercentages"
  | "checkpointDelay"
  | "bakeTime"
  | "alarms",
  string
> &
  Pick<
    RollOutPreferences,
    "skipMatching" | "autoRollback" | "scaleInProtectedInstances" | "standbyInstances"
  >;

/** What is in the fields for these preferences. */
export const typed = (preferences: RollOutPreferences): TypedPreferences => ({
  ...preferences,
  minHealthyPercentage: String(preferences.minHealthyPercentage),
  maxHealthyPercentage: String(preferences.maxHealthyPercentage),
  instanceWarmup: String(preferences.instanceWarmup),
  checkpointPercentages: preferences.checkpointPercentages.join(", "),
  checkpointDelay: String(preferences.checkpointDelay),
  bakeTime: String(preferences.bakeTime),
  alarms: preferences.alarms.join(", "),
});

const numberIn = (text: string) => (text.trim() === "" ? Number.NaN : Number(text));
const partsOf = (text: string) => text.split(",").flatMap((part) => part.trim() || []);

/** What the fields say; what is no number is NaN, which the server refuses by its field. */
export const readTyped = (fields: TypedPreferences): RollOutPreferences => ({
  ...fields,
  minHealthyPercentage: numberIn(fields.minHealthyPercentage),
  maxHealthyPercentage: numberIn(fields.maxHealthyPercentage),
  instanceWarmup: numberIn(fields.instanceWarmup),
  checkpointPercentages: partsOf(fields.checkpointPercentages).map(numberIn),
  checkpointDelay: numberIn(fields.checkpointDelay),
  bakeTime: numberIn(fields.bakeTime),
  alarms: partsOf(fields.alarms),
});

/** Whether a plan can be worked out from what is typed. */
export const isWhole = (preferences: RollOutPreferences): boolean =>
  [
    preferences.minHealthyPercentage,
    preferences.maxHealthyPercentage,
    preferences.instanceWarmup,
    preferences.checkpointDelay,
    preferences.bakeTime,
    ...preferences.checkpointPercentages,
  ].every((value) => Number.isFinite(value) && value >= 0);

type TextName = keyof Omit<
  TypedPreferences,
  "skipMatching" | "autoRollback" | "scaleInProtectedInstances" | "standbyInstances"
>;

/** All preferences of an instance refresh. `wrong` is what the server refused, by field. */
export function PreferenceFields({
  fields,
  wrong,
  noAutoRollback,
  noSkipMatching,
  alarmStates,
  onChange,
}: {
  fields: TypedPreferences;
  wrong: Record<string, string>;
  /** Why AWS cannot roll back by itself here. */
  noAutoRollback?: string;
  /** Why nothing may be skipped here. */
  noSkipMatching?: string;
  /** The alarms that are typed, as they are now. */
  alarmStates?: ReactNode;
  onChange: (changed: TypedPreferences) => void;
}) {
  const text = (name: TextName, label: string, hint: string, unit?: string) => (
    <TextRow
      label={label}
      hint={hint}
      unit={unit}
      value={fields[name]}
      wrong={Object.entries(wrong).find(([path]) => path.startsWith(`preferences.${name}`))?.[1]}
      onChange={(value) => onChange({ ...fields, [name]: value })}
    />
  );
  return (
    <div className="grid gap-x-6 gap-y-3 sm:grid-cols-2">
      {text("minHealthyPercentage", "Minimum healthy", "At 100, new instances start first.", "%")}
      {text("maxHealthyPercentage", "Maximum healthy", "100 to 200, at most 100 above the minimum.", "%")}
      {text("instanceWarmup", "Warm-up", "How long a new instance warms up before it counts.", "s")}
      {text("bakeTime", "Bake time", "How long AWS watches after the last instance.", "s")}
      {text("checkpointPercentages", "Checkpoints", "Such as 25, 50, 100. Leave empty for none.", "%")}
      {text("checkpointDelay", "Wait at each checkpoint", "Up to 172,800 s, which is 48 h.", "s")}
      <div className="grid content-start gap-1.5">
        {text(
          "alarms",
          "CloudWatch alarms",
          "Names separated by commas. The roll-out stops when one is in ALARM.",
        )}
        {alarmStates}
      </div>
      <div className="grid content-start gap-2">
        <TickRow
          label="Roll back automatically"
          hint={noAutoRollback ?? "When it fails or an alarm fires."}
          isOff={noAutoRollback !== undefined}
          checked={fields.autoRollback && noAutoRollback === undefined}
          onChange={(autoRollback) => onChange({ ...fields, autoRollback })}
        />
        <TickRow
          label="Skip matching instances"
          hint={noSkipMatching ?? "What runs this version already stays."}
          isOff={noSkipMatching !== undefined}
          checked={fields.skipMatching && noSkipMatching === undefined}
          onChange={(skipMatching) => onChange({ ...fields, skipMatching })}
        />
      </div>
      <ChoiceRow
        label="Instances protected from scale-in"
        value={fields.scaleInProtectedInstances}
        choices={{ Wait: "Wait up to an hour", Ignore: "Leave out", Refresh: "Replace" }}
        onChange={(value) =>
          onChange({
            ...fields,
            scaleInProtectedInstances: value as TypedPreferences["scaleInProtectedInstances"],
          })
        }
      />
      <ChoiceRow
        label="Instances in standby"
        value={fields.standbyInstances}
        choices={{ Wait: "Wait up to an hour", Ignore: "Leave out", Terminate: "Replace" }}
        onChange={(value) =>
          onChange({ ...fields, standbyInstances: value as TypedPreferences["standbyInstances"] })
        }
      />
    </div>
  );
}

function Row({ label, children }: { label: string; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className="grid content-start gap-1">
      <label htmlFor={id} className="font-[550]">
        {label}
      </label>
      {children(id)}
    </div>
  );
}

function TextRow({
  label,
  hint,
  unit,
  value,
  wrong,
  onChange,
}: {
  label: string;
  hint: string;
  unit: string | undefined;
  value: string;
  wrong: string | undefined;
  onChange: (value: string) => void;
}) {
  return (
    <Row label={label}>
      {(id) => (
        <>
          <div className="flex items-center gap-2">
            <Input
              id={id}
              value={value}
              autoComplete="off"
              aria-invalid={wrong ? true : undefined}
              aria-describedby={`${id}-said`}
              onChange={({ target }) => onChange(target.value)}
              layout={unit ? "w-full max-w-36" : "w-full"}
            />
            {unit && <span className="text-ink-2">{unit}</span>}
          </div>
          <p
            id={`${id}-said`}
            role={wrong ? "alert" : undefined}
            className={`m-0 text-xs ${wrong ? "text-fail" : "text-ink-2"}`}
          >
            {wrong ?? hint}
          </p>
        </>
      )}
    </Row>
  );
}

function TickRow({
  label,
  hint,
  isOff,
  checked,
  onChange,
}: {
  label: string;
  hint: string;
  isOff: boolean;
  checked: boolean;
  onChange: (checked: boolean) => void;
}) {
  const id = useId();
  return (
    <div className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2">
      <Checkbox
        id={id}
        isAtTop
        checked={checked}
        disabled={isOff}
        aria-describedby={`${id}-said`}
        onChange={({ target }) => onChange(target.checked)}
      />
      <label htmlFor={id}>{label}</label>
      <p id={`${id}-said`} className="col-start-2 m-0 text-ink-2 text-xs">
        {hint}
      </p>
    </div>
  );
}

function ChoiceRow({
  label,
  value,
  choices,
  onChange,
}: {
  label: string;
  value: string;
  choices: Record<string, string>;
  onChange: (value: string) => void;
}) {
  return (
    <Row label={label}>
      {(id) => (
        <Select id={id} value={value} onChange={({ target }) => onChange(target.value)}>
          {Object.entries(choices).map(([choice, words]) => (
            <option key={choice} value={choice}>
              {words}
            </option>
          ))}
        </Select>
      )}
    </Row>
  );
}
