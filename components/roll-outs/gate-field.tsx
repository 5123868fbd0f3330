"use client";
import { useId } from "react";
import { Input, Select } from "@/components/ui/inputs";
import type { Gate } from "@/lib/fleet/series/types";

/** A gate as it is typed. */
export type TypedGate = { by: Gate["by"]; minutes: string };

/** What the fields say; what is no number is NaN, which the server refuses by its field. */
export const readGate = ({ by, minutes }: TypedGate): Gate =>
  by === "person" ? { by } : { by, minutes: minutes.trim() === "" ? Number.NaN : Number(minutes) };

/** What opens the way to a group: a person, or time after the group before it succeeded. */
export function GateField({
  group,
  gate,
  wrong,
  onChange,
}: {
  group: string;
  gate: TypedGate;
  wrong: string | undefined;
  onChange: (gate: TypedGate) => void;
}) {
  const id = useId();
  return (
    <div className="ml-4 flex flex-wrap items-center gap-2 border-line-strong border-l-2 py-1.5 pl-3.5">
      <label htmlFor={id} className="text-ink-2">
        Then start {group}
      </label>
      <Select
        id={id}
        look="bar"
        value={gate.by}
        onChange={({ target }) => onChange({ ...gate, by: target.value as Gate["by"] })}
      >
        <option value="person">when a person continues</option>
        <option value="time">automatically after a wait</option>
      </Select>
      {gate.by === "time" && (
        <>
          <Input
            look="bar"
            layout="w-20"
            inputMode="numeric"
            autoComplete="off"
            aria-label={`Wait before ${group}, in minutes`}
            aria-invalid={wrong ? true : undefined}
            aria-describedby={`${id}-said`}
            value={gate.minutes}
            onChange={({ target }) => onChange({ ...gate, minutes: target.value })}
          />
          <span className="text-ink-2">min</span>
          <span
            id={`${id}-said`}
            role={wrong ? "alert" : undefined}
            className={`text-xs ${wrong ? "text-fail" : "text-ink-2"}`}
          >
            {wrong ?? "Up to 20,160, which is 14 days. An alarm of the previous group keeps the gate closed."}
          </span>
        </>
      )}
    </div>
  );
}
