"use client";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState, useTransition } from "react";
import { PermittedButton } from "@/components/shell/permitted-button";
import { Input, Select } from "@/components/ui/inputs";
import { showToast } from "@/components/ui/toasts";
import { setFreshnessTargetAction } from "@/lib/actions/history-actions";
import type { PipelineStanding } from "@/lib/history/types";

/** How old a pipeline's latest successful image may be, as the team wants it. */
export function FreshnessTargetForm({
  target,
  pipelines,
}: {
  target: string;
  pipelines: PipelineStanding[];
}) {
  const queries = useQueryClient();
  const own = pipelines
    .filter((row) => row.target === target)
    .toSorted((a, b) => a.pipeline.localeCompare(b.pipeline));
  const [name, setName] = useState(own[0]?.pipeline ?? "");
  const [days, setDays] = useState("");
  const [refusal, setRefusal] = useState<string>();
  const [isBusy, start] = useTransition();
  if (own.length === 0) return null;
  const save = (event: FormEvent) => {
    event.preventDefault();
    start(async () => {
      const result = await setFreshnessTargetAction({
        target,
        name,
        days: days === "" ? undefined : Number(days),
      });
      setRefusal(result.ok ? undefined : result.error.message);
      if (!result.ok) return;
      showToast({ text: `Saved the maximum image age of ${name}.` });
      await queries.invalidateQueries({ queryKey: ["history", target] });
    });
  };
  return (
    <form
      onSubmit={save}
      className="flex flex-wrap items-center gap-2 border-line border-t px-3.5 py-2.5 text-ink-2"
    >
      <label className="inline-flex items-center gap-1.5">
        Max. image age for
        <Select value={name} onChange={(event) => setName(event.target.value)} look="bar">
          {own.map(({ pipeline }) => (
            <option key={pipeline} value={pipeline}>
              {pipeline}
            </option>
          ))}
        </Select>
      </label>
      <label className="inline-flex items-center gap-1.5">
        <Input
          type="number"
          min={1}
          max={3650}
          value={days}
          placeholder="default"
          onChange={(event) => setDays(event.target.value)}
          look="bar"
          layout="w-24"
        />
        days{" "}
      </label>
      <PermittedButton action="set-freshness-target" resource={name} type="submit" disabled={isBusy}>
        {" "}
        Save{" "}
      </PermittedButton>
      {refusal && (
        <span role="alert" className="text-fail">
          {refusal}
        </span>
      )}
    </form>
  );
}
