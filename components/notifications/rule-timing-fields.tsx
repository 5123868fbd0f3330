"use client";
import { useId } from "react";
import { Checkbox, Input, Select } from "@/components/ui/inputs";
import { CADENCE_WORDS, CADENCES, type Cadence, type RuleTiming } from "@/lib/notifications/rule-timing";

const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const WORK = { days: [1, 2, 3, 4, 5], from: "08:00", to: "18:00" };

/** How often a rule sends, and at which hours. */
export function RuleTimingFields({
  timing,
  onChange,
}: {
  timing: RuleTiming;
  onChange: (timing: RuleTiming) => void;
}) {
  const id = useId();
  const { cadence, dailyAt, hours, timeZone } = timing;
  return (
    <div className="grid gap-2">
      <div className="grid gap-1">
        <label htmlFor={`${id}-cadence`} className="font-[550]">
          How often
        </label>
        <div className="flex gap-2">
          <Select
            id={`${id}-cadence`}
            value={cadence}
            onChange={(event) => onChange({ ...timing, cadence: event.target.value as Cadence })}
          >
            {CADENCES.map((each) => (
              <option key={each} value={each}>
                {CADENCE_WORDS[each]}
              </option>
            ))}
          </Select>
          {cadence === "daily" && (
            <Input
              type="time"
              aria-label="Sent at"
              layout="w-28"
              value={dailyAt}
              onChange={(event) => onChange({ ...timing, dailyAt: event.target.value })}
            />
          )}
        </div>
      </div>
      <label className="flex items-center gap-2">
        <Checkbox
          checked={hours !== undefined}
          onChange={({ target: { checked } }) => onChange({ ...timing, hours: checked ? WORK : undefined })}
        />
        Only at certain hours; other events wait until then
      </label>
      {hours && (
        <fieldset className="m-0 flex flex-wrap items-center gap-x-3 gap-y-1 border-0 p-0">
          <legend className="sr-only">Hours</legend>
          {DAYS.map((day, index) => (
            <label key={day} className="flex items-center gap-1">
              <Checkbox
                checked={hours.days.includes(index)}
                onChange={({ target: { checked } }) =>
                  onChange({
                    ...timing,
                    hours: {
                      ...hours,
                      days: checked
                        ? [...hours.days, index].toSorted()
                        : hours.days.filter((each) => each !== index),
                    },
                  })
                }
              />
              {day}
            </label>
          ))}
          <span className="flex items-center gap-1.5">
            <Input
              type="time"
              aria-label="From"
              look="low"
              value={hours.from}
              onChange={(event) => onChange({ ...timing, hours: { ...hours, from: event.target.value } })}
            />
            to
            <Input
              type="time"
              aria-label="To"
              look="low"
              value={hours.to}
              onChange={(event) => onChange({ ...timing, hours: { ...hours, to: event.target.value } })}
            />
          </span>
        </fieldset>
      )}
      {(hours || cadence === "daily") && (
        <span className="text-ink-2 text-xs">Times are in the time zone {timeZone}.</span>
      )}
    </div>
  );
}
