import type { Fact } from "@/components/ui/fact-list";
import { Mono } from "@/components/ui/mono";
import type { Json, JsonObject } from "@/lib/image-builder/definitions/types";
import { withoutEmpty } from "@/lib/image-builder/definitions/without-empty";
import type { DraftContent } from "@/lib/image-builder/pipeline-drafts/types";
import { describeSchedule } from "@/lib/image-builder/schedule/describe-schedule";

/** What a step has come to, field by field. Members without words of their own are shown by their names. */
export function draftFacts(
  content: DraftContent,
  step: "details" | "recipe" | "infrastructure" | "distribution",
): Fact[] {
  if (step === "details") {
    const { schedule, ...details } = content.details;
    const { scheduleExpression, timezone = "UTC" } = schedule ?? {};
    return [
      ...factsOf(details as JsonObject),
      {
        label: "Runs",
        value: scheduleExpression ? describeSchedule(scheduleExpression, timezone) : "by hand",
      },
    ];
  }
  const part = content[step];
  if ("arn" in part) return [{ label: "Uses", value: <Mono>{part.arn || "not chosen yet"}</Mono> }];
  if (!("input" in part)) return [{ label: "Goes to", value: "this account and Region only" }];
  return factsOf(part.input as JsonObject);
}

const factsOf = (input: JsonObject): Fact[] =>
  Object.entries(withoutEmpty(input)).map(([member, value]) => ({ label: member, value: said(value) }));

function said(value: Json) {
  if (typeof value === "string" && value.length < 200 && !value.includes("\n")) return value;
  if (typeof value !== "object" || value === null)
    return typeof value === "string" ? <Code text={value} /> : String(value);
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value.join(", ");
  return <Code text={JSON.stringify(value, null, 2)} />;
}

const Code = ({ text }: { text: string }) => (
  <pre className="m-0 max-h-56 overflow-auto rounded bg-sunken px-2.5 py-1.5 font-mono text-xs">{text}</pre>
);
