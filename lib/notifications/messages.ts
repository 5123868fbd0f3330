import { canonicalText } from "@/lib/core/canonical-text";
import { urls } from "@/lib/core/urls";
import type { BuildEvent, ConsoleEvent, Message, NoticeEvent } from "./types";

const MAX_LINE = 600;

type Place = { consoleUrl: string; label: string };

/** The event in a few words. `consoleUrl` is an origin, `label` the target's. */
export const messageOf = (event: ConsoleEvent, place: Place): Message =>
  isNotice(event) ? noticeMessage(event, place) : buildMessage(event, place);

export const isNotice = (event: ConsoleEvent): event is NoticeEvent => "title" in event;

/** Names that grants and rules are held against, all of them; none for a test and for what is about the account. */
export const namesOf = (event: ConsoleEvent): string[] =>
  isNotice(event) ? event.names : event.image.name === "" ? [] : [event.image.name];

export const instantOf = (event: ConsoleEvent): string => (isNotice(event) ? event.at : event.endedAt);

function noticeMessage(event: NoticeEvent, { consoleUrl, label }: Place): Message {
  const { tone, title, lines, evidence, facts, path, thread } = event;
  return {
    tone,
    title: canonicalText(`${title} in ${label}`, MAX_LINE),
    lines: lines.map((line) => canonicalText(line, MAX_LINE)),
    ...(evidence && { evidence: canonicalText(evidence, MAX_LINE) }),
    facts: facts.map(({ name, value }) => ({ name, value: canonicalText(value, MAX_LINE) })),
    link: `${consoleUrl}${path}`,
    thread,
  };
}

function buildMessage(event: BuildEvent, { consoleUrl, label }: Place): Message {
  const { kinds, image, pipeline, reason, cause, stage, step, findings, startedBy, evidence, fix } = event;
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
    // What the log says is nearer to it than AWS's summary.
    hasFailed && !evidence && reason,
    hasFailed && fix && `What to do: ${fix}`,
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
    ...(hasFailed &&
      evidence && {
        evidence: canonicalText(
          evidence.line === undefined ? evidence.text : `${evidence.line}  ${evidence.text}`,
          MAX_LINE,
        ),
      }),
    facts: facts.flatMap(([name, value]) => (value ? [{ name, value: canonicalText(value, MAX_LINE) }] : [])),
    link:
      kinds.length === 0
        ? `${consoleUrl}${urls.notifications(event.targetId)}`
        : `${consoleUrl}${
            hasFailed && evidence?.line
              ? urls.buildLogLine(event.targetId, image, evidence.line)
              : urls.imageBuild(event.targetId, image)
          }`,
    thread: `${event.targetId} ${pipeline ?? image.name}`,
  };
}
