import { canonicalText } from "@/lib/core/canonical-text";
import { urls } from "@/lib/core/urls";
import { groupBy } from "@/lib/definitions/group-by";
import type { BuildEvent, ConsoleEvent, DigestEvent, Message, NoticeEvent } from "./types";

const MAX_LINE = 600;

type Place = { consoleUrl: string; label: string };

/** The event in a few words. `consoleUrl` is an origin, `label` the target's. */
export const messageOf = (event: ConsoleEvent, place: Place): Message =>
  isDigest(event)
    ? digestMessage(event, place)
    : isNotice(event)
      ? noticeMessage(event, place)
      : buildMessage(event, place);

export const isDigest = (event: ConsoleEvent): event is DigestEvent => "digest" in event;

export const isNotice = (event: ConsoleEvent): event is NoticeEvent => "title" in event;

/** Names that grants and rules are held against, all of them; none for a test and for what is about the account. */
export const namesOf = (event: ConsoleEvent): string[] =>
  isDigest(event)
    ? [...new Set(event.digest.flatMap(namesOf))]
    : isNotice(event)
      ? event.names
      : event.image.name === ""
        ? []
        : [event.image.name];

export const instantOf = (event: ConsoleEvent): string =>
  isNotice(event) || isDigest(event) ? event.at : (event.at ?? event.endedAt);

export const MARKS: Record<Message["tone"], string> = { bad: "×", good: "✓", note: "!" };

/** As many as receivers take with their links: Slack cuts a section at 3,000 characters. */
const MOST_THREADS = 10;

/** A line for each pipeline, image or roll-out, with how it stands now: what recovered meanwhile is no failure anymore. */
function digestMessage({ digest, left, targetId }: DigestEvent, place: Place): Message {
  const threads = groupBy(
    digest.map((event) => messageOf(event, place)),
    ({ thread }) => thread,
  );
  const latest = [...threads.values()].flatMap((messages) => {
    const last = messages.at(-1);
    return last ? [{ last, before: messages.length - 1 }] : [];
  });
  const tones = latest.map(({ last }) => last.tone);
  const count = digest.length + left;
  const rest = Math.max(0, latest.length - MOST_THREADS);
  return {
    tone: tones.includes("bad") ? "bad" : tones.includes("note") ? "note" : "good",
    title: `${count} events in ${place.label}`,
    lines: [
      ...latest
        .slice(0, MOST_THREADS)
        .map(({ last: { tone, title, link }, before }) =>
          canonicalText(
            `${MARKS[tone]} ${title}${before > 0 ? ` (${before} before it)` : ""}: ${link}`,
            MAX_LINE,
          ),
        ),
      ...(rest + left > 0 ? [`And ${rest + left} more in the delivery log.`] : []),
    ],
    facts: [],
    link: `${place.consoleUrl}${urls.notifications(targetId)}`,
    thread: `${targetId} digest`,
  };
}

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
    findings?.before !== undefined &&
      `Found after the build: before, there ${findings.before === 1 ? "was" : "were"} ${findings.before} critical.`,
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
