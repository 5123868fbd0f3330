"use client";
import { useState } from "react";
import { Input, Select } from "@/components/ui/inputs";

const FREQUENCIES = {
  daily: { label: "Every day", days: "* * ? *" },
  weekdays: { label: "Monday to Friday", days: "? * MON-FRI *" },
  weekly: { label: "Every Sunday", days: "? * SUN *" },
  monthly: { label: "First day of the month", days: "1 * ? *" },
} as const;
type Frequency = keyof typeof FREQUENCIES;
const CRON = /^cron\((\d{1,2}) (\d{1,2}) (.+)\)$/;

/** What an expression says in the builder's few words; `own` when it says more than they can. */
function readExpression(expression: string): { frequency: Frequency | "own"; time: string } {
  const [, minute = "0", hour = "3", days] = CRON.exec(expression) ?? [];
  const known = Object.entries(FREQUENCIES).find(([, frequency]) => frequency.days === days);
  return {
    frequency: known ? (known[0] as Frequency) : "own",
    time: `${hour.padStart(2, "0")}:${minute.padStart(2, "0")}`,
  };
}

/** Writes the expression out of a frequency and a time, and reads it back when somebody writes it by hand. */
export function ScheduleBuilder({
  expression,
  onBuilt,
}: {
  expression: string;
  onBuilt: (expression: string) => void;
}) {
  const { frequency, time } = readExpression(expression);
  // A time input is empty while a part of it is being typed.
  const [typed, setTyped] = useState<string>();
  const build = (chosen: Frequency, at: string) => {
    const [hour = "3", minute = "0"] = at.split(":");
    onBuilt(`cron(${Number(minute)} ${Number(hour)} ${FREQUENCIES[chosen].days})`);
  };
  return (
    <div className="flex flex-wrap gap-2">
      <Select
        aria-label="Frequency"
        value={frequency}
        onChange={({ target }) => {
          if (target.value !== "own") build(target.value as Frequency, time);
        }}
        layout="w-full sm:w-56"
      >
        {Object.entries(FREQUENCIES).map(([value, { label }]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
        {frequency === "own" && <option value="own">Custom expression</option>}
      </Select>
      {frequency !== "own" && (
        <Input
          type="time"
          aria-label="At"
          value={typed ?? time}
          onChange={({ target }) => {
            setTyped(target.value);
            if (target.value) build(frequency, target.value);
          }}
          onBlur={() => setTyped(undefined)}
          layout="w-full sm:w-32"
        />
      )}
    </div>
  );
}
