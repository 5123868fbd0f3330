import { canonicalText } from "@/lib/core/canonical-text";
import { urls } from "@/lib/core/urls";
import type { BuildEvent, Message } from "./types";

const MAX_LINE = 600;

/** The build in a few words. `consoleUrl` is an origin, `label` the target's. */
export function messageOf(
  event: BuildEvent,
  { consoleUrl, label }: { consoleUrl: string; label: string },
): Message {
  const { kinds, image, pipeline, reason, cause, stage, step, findings, startedBy } = event;
  const build = `${image.displayName} ${image.version}/${image.build}`;
  const hasFailed = kinds.includes("build-failed");
  const hasFindings = kinds.includes("critical-findings");
  const title =
    kinds.length === 0
      ? `Test message from Goldsmith for ${label}`
      : hasFailed
        ? `${build} failed in ${label}`
        : kinds.includes("recovered")
          ? `${build} succeeded in ${label}: recovered`
          : hasFindings
            ? `${build} has ${findings?.critical} critical ${findings?.critical === 1 ? "finding" : "findings"} in ${label}`
            : `${build} succeeded in ${label}`;
  const lines = [
    hasFailed && cause,
    kinds.includes("first-failure") && "First failure after a success.",
    hasFailed && reason,
    hasFindings && findings && `Findings: ${findings.critical} critical, ${findings.high} high.`,
    kinds.length === 0 && "This receiver works. Rules decide what is sent here.",
  ];
  const facts: [string, string | undefined][] = [
    ["Pipeline", pipeline],
    ["Stage", hasFailed ? stage : undefined],
    ["Step", hasFailed ? step : undefined],
    ["Started by", startedBy],
    ["AMI", event.amis.map(({ region, amiId }) => `${amiId} (${region})`).join(", ")],
  ];
  return {
    tone: hasFailed ? "bad" : hasFindings || kinds.length === 0 ? "note" : "good",
    title: canonicalText(title, MAX_LINE),
    lines: lines
      .filter((line) => typeof line === "string" && line !== "")
      .map((line) => canonicalText(String(line), MAX_LINE)),
    facts: facts.flatMap(([name, value]) => (value ? [{ name, value: canonicalText(value, MAX_LINE) }] : [])),
    link:
      kinds.length === 0
        ? `${consoleUrl}${urls.notifications(event.targetId)}`
        : `${consoleUrl}${urls.imageBuild(event.targetId, image)}`,
    thread: `${event.targetId} ${pipeline ?? image.name}`,
  };
}
