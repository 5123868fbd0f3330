import type { ReactNode } from "react";
import type { Fact } from "@/components/ui/fact-list";
import { Mono } from "@/components/ui/mono";
import { inReadingOrder } from "@/lib/as-code/in-reading-order";
import type { DraftContent } from "@/lib/authoring/drafts/types";
import { capitalize } from "@/lib/core/words";
import { toReference } from "@/lib/definitions/resource-references";
import type { Json, JsonObject } from "@/lib/definitions/types";
import { withoutEmpty } from "@/lib/definitions/without-empty";
import { describeSchedule } from "@/lib/schedule/describe-schedule";

/** What a step has come to, member by member, in words made of AWS's names. */
export function draftFacts(
  content: DraftContent,
  step: "details" | "recipe" | "infrastructure" | "distribution",
): Fact[] {
  if (step === "details") {
    const { schedule, ...details } = content.details;
    const { scheduleExpression, timezone = "UTC", pipelineExecutionStartCondition } = schedule ?? {};
    const always = pipelineExecutionStartCondition === "EXPRESSION_MATCH_ONLY";
    return [
      ...factsOf(details as JsonObject),
      {
        label: "Runs",
        value: scheduleExpression
          ? `${describeSchedule(scheduleExpression, timezone)}, ${always ? "always" : "when updates are available"}`
          : "manually",
      },
    ];
  }
  const part = content[step];
  if ("arn" in part) return [{ label: "Uses", value: <Mono>{part.arn || "none selected"}</Mono> }];
  if (!("input" in part)) return [{ label: "Goes to", value: "this account and Region only" }];
  return factsOf(part.input as JsonObject);
}

const factsOf = (input: JsonObject): Fact[] =>
  inReadingOrder(withoutEmpty(input)).map(([member, value]) => ({
    label: inWords(member),
    value: said(value),
  }));

/** `instanceProfileName` as "Instance profile name". */
function inWords(member: string): string {
  const words = member
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .replace(ABBREVIATIONS, (word) => word.toUpperCase());
  return WORDS[member] ?? capitalize(words);
}

const ABBREVIATIONS = /\b(?:ami|arns?|ebs|ecr|http|ids?|iops|kms|os|s3|sns|ssm|uri)\b/g;
const WORDS: Record<string, string> = {
  semanticVersion: "Version",
  parentImage: "Base image",
  snsTopicArn: "SNS topic",
  kmsKeyId: "KMS key",
  httpPutResponseHopLimit: "Hop limit",
  httpTokens: "Metadata tokens",
};

function said(value: Json): ReactNode {
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "string") return <SaidText text={value} />;
  if (Array.isArray(value)) {
    if (value.every((item) => typeof item !== "object")) return value.map(String).join(", ");
    return (
      <ol className="m-0 grid list-none gap-1 p-0">
        {value.map((item) => (
          <li key={JSON.stringify(item)}>{said(item)}</li>
        ))}
      </ol>
    );
  }
  if (typeof value !== "object" || value === null) return String(value);
  return (
    <span className="flex flex-wrap gap-x-3 gap-y-0.5">
      {inReadingOrder(value).map(([member, inner]) =>
        member === "componentArn" ? (
          <span key={member}>{said(inner)}</span>
        ) : (
          <span key={member}>
            <span className="text-ink-3">{inWords(member)}</span> {said(inner)}
          </span>
        ),
      )}
    </span>
  );
}

function SaidText({ text }: { text: string }) {
  const reference = toReference(text);
  if (reference) {
    const { name, version } = reference;
    return (
      <span title={text}>
        {name} <Mono>{version === "x.x.x" ? "latest" : (version ?? "")}</Mono>
      </span>
    );
  }
  if (text.length < 200 && !text.includes("\n")) return text;
  return (
    <pre className="m-0 max-h-56 overflow-auto rounded bg-sunken px-2.5 py-1.5 font-mono text-xs">{text}</pre>
  );
}
