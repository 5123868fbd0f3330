"use client";
import { useState } from "react";
import { Select } from "@/components/ui/inputs";
import { usePageClock } from "@/components/ui/page-clock";
import { MARKS, messageOf } from "@/lib/notifications/messages";
import { sampleEvent } from "@/lib/notifications/sample-events";
import { EVENTS, type EventKind } from "@/lib/notifications/types";

const TONES = { bad: "text-fail", good: "text-ok", note: "text-wait" };

/** What a receiver gets for one of these events, with made-up names. */
export function MessagePreview({ target, events }: { target: string; events: EventKind[] }) {
  const [chosen, setChosen] = useState<EventKind>();
  const at = new Date(usePageClock()).toISOString();
  const kind = chosen && events.includes(chosen) ? chosen : events[0];
  if (!kind) return null;
  const message = messageOf(sampleEvent(kind, target, at), { consoleUrl: "", label: target });
  return (
    <section aria-label="Preview" className="grid gap-2 rounded border border-line bg-sunken p-3">
      <div className="flex flex-wrap items-center gap-2">
        <span className="font-[550]">Preview</span>
        <Select
          look="low"
          aria-label="Event in the preview"
          value={kind}
          onChange={(event) => setChosen(event.target.value as EventKind)}
        >
          {events.map((each) => (
            <option key={each} value={each}>
              {EVENTS[each].words}
            </option>
          ))}
        </Select>
      </div>
      <p className={`m-0 font-[550] ${TONES[message.tone]}`}>
        {MARKS[message.tone]} {message.title}
      </p>
      {message.lines.map((line) => (
        <p key={line} className="m-0">
          {line}
        </p>
      ))}
      {message.evidence && (
        <code className="rounded bg-fail-soft px-2 py-1 text-xs [overflow-wrap:anywhere]">
          {message.evidence}
        </code>
      )}
      <dl className="m-0 grid gap-x-4 gap-y-0.5 sm:grid-cols-2">
        {message.facts.map(({ name, value }) => (
          <div key={name} className="flex flex-wrap gap-x-1.5">
            <dt className="text-ink-3">{name}</dt>
            <dd className="m-0">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
