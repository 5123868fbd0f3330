import type { OutputLogEvent } from "@aws-sdk/client-cloudwatch-logs";
import { arnsInText } from "@/lib/core/arn";
import { keyOfBuild } from "@/lib/image-builder/image-builds/image-build-key";
import type { PipelineRunNote } from "./types";

/** AWS says what it writes and not in which words, so only words that leave no doubt decide. */
const OUTCOMES: [outcome: PipelineRunNote["outcome"], words: RegExp][] = [
  ["skipped", /\bskipp(ed|ing)\b|\bno (dependency )?updates?\b/i],
  ["failed", /\b(failed|could not|cannot|error)\b/i],
  ["started", /\b(started|starting|triggered)\b/i],
];

export function toRunNote({ timestamp = 0, message = "" }: OutputLogEvent): PipelineRunNote {
  const [build] = arnsInText(message).flatMap((arn) => keyOfBuild(arn) ?? []);
  return {
    at: new Date(timestamp).toISOString(),
    message: message.trimEnd(),
    outcome: OUTCOMES.find(([, words]) => words.test(message))?.[0] ?? "other",
    ...(build && { build }),
  };
}
