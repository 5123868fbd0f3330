"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { Input, Select } from "@/components/ui/inputs";
import { writeAddress } from "@/components/ui/navigation-under-way";
import { useTypedText } from "@/components/ui/use-typed-text";
import { ALL_ACCOUNTS } from "@/lib/core/target";
import { urls } from "@/lib/core/urls";
import type { HistoryShow, HistoryState } from "@/lib/history/types";
import { historyPipelinesQuery } from "@/lib/queries/history";

/** Packages are a part of what changed, coming runs one of the calendar, slower steps one of durations. */
const QUESTIONS: Record<Exclude<HistoryShow, "packages" | "coming" | "slower">, string> = {
  health: "Health",
  calendar: "Calendar",
  failures: "Failures",
  durations: "Durations",
  changes: "Changes",
  findings: "Findings",
  costs: "Cost",
  builds: "Builds",
};
const RANGES = ["7", "30", "90", "365"];

/** Which question, about which pipelines and days. Everything chosen goes into the address. */
export function HistoryToolbar({
  target,
  show,
  question,
}: {
  target: string;
  show: HistoryShow;
  question: HistoryState;
}) {
  const { data: names = [] } = useQuery(historyPipelinesQuery(target, question.targets));
  // The answer is asked for by the browser itself: the page around it stays as it is.
  const choose = (change: HistoryState) =>
    writeAddress((query) =>
      urls.history(target, { ...Object.fromEntries(query), after: undefined, ...change }),
    );
  const { pipeline = "", days = "30", targets = "", from, to } = question;
  return (
    <div className="mb-4 grid gap-3">
      <nav aria-label="Questions" className="-mx-2 flex flex-wrap gap-x-0.5 gap-y-1">
        {Object.entries(QUESTIONS).map(([key, words]) => (
          <Link
            key={key}
            href={urls.history(target, { ...question, show: key === "health" ? undefined : key })}
            prefetch={false}
            aria-current={key === show ? "page" : undefined}
            className="min-h-7 rounded-[5px] px-2 py-1 text-ink-2 no-underline hover:text-ink aria-[current]:bg-mute-soft aria-[current]:font-[550] aria-[current]:text-ink"
          >
            {words}
          </Link>
        ))}
      </nav>
      <div className="flex flex-wrap items-center gap-2">
        <Select
          aria-label="Pipeline"
          value={pipeline}
          onChange={(event) => choose({ pipeline: event.target.value })}
          look="bar"
        >
          <option value="">All pipelines</option>
          {(names.includes(pipeline) || !pipeline ? names : [pipeline, ...names]).map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </Select>
        {target !== ALL_ACCOUNTS && (
          <Select
            aria-label="Accounts"
            value={targets}
            onChange={(event) => choose({ targets: event.target.value, pipeline: undefined })}
            look="bar"
          >
            <option value="">This account</option>
            <option value="all">All accounts</option>
          </Select>
        )}
        <Select
          aria-label="Days"
          value={from ? "" : days}
          onChange={(event) => choose({ days: event.target.value, from: undefined, to: undefined })}
          look="bar"
        >
          {from && <option value="">{`${from} to ${to ?? "today"}`}</option>}
          {(RANGES.includes(days) ? RANGES : [...RANGES, days]).map((count) => (
            <option key={count} value={count}>
              {`Last ${count} days`}
            </option>
          ))}
        </Select>
        <DayField label="From" value={from} onChange={(day) => choose({ from: day })} />
        <DayField label="To" value={to} onChange={(day) => choose({ to: day })} />
      </div>
    </div>
  );
}

function DayField({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string | undefined;
  onChange: (day: string | undefined) => void;
}) {
  const [text, setText] = useTypedText(value ?? "", (day) => onChange(day || undefined));
  return (
    <label className="inline-flex items-center gap-1.5 text-ink-2">
      {label}
      <Input type="date" value={text} onChange={(event) => setText(event.target.value)} look="bar" />
    </label>
  );
}
