import { namedSo } from "@/lib/core/name-rule";
import { isNotice, messageOf, namesOf } from "./messages";
import type { ConsoleEvent, EventKind, Message, RuleFilters } from "./types";

/** How the severities are named; the tone of a message is its severity. */
export const SEVERITY_WORDS: Record<Message["tone"], string> = {
  bad: "Failures",
  note: "Warnings",
  good: "Good news",
};

/**
 * Whether a rule asks for this event. What is about the whole account, such as AWS refusing the console, has no name and
 * no tags, and passes the filters for these.
 */
export function asksFor(
  { events, namePrefix, filters }: { events: string[]; namePrefix: string; filters: RuleFilters },
  event: ConsoleEvent,
): boolean {
  const names = namesOf(event);
  const tags = event.tags ?? {};
  const { tone } = messageOf(event, { consoleUrl: "", label: "" });
  return (
    event.kinds.some((kind: EventKind) => events.includes(kind)) &&
    names.every((name) => namedSo(name, namePrefix)) &&
    (filters.severities.length === 0 || filters.severities.includes(tone)) &&
    (isAboutAccount(event) ||
      filters.tags.every(({ key, value }) => key in tags && (value === "" || tags[key] === value)))
  );
}

const isAboutAccount = (event: ConsoleEvent) => isNotice(event) && event.names.length === 0;
