import "server-only";
import { cutText } from "@/lib/core/canonical-text";
import { instantOf, isDigest, isNotice, MARKS, namesOf } from "./messages";
import type { ConsoleEvent, Message, ReceiverKind } from "./types";

/** What each kind of receiver is sent over HTTP, as JSON. */
export const PAYLOADS: Record<
  Exclude<ReceiverKind, "email" | "slack-bot" | "sns">,
  (message: Message, event: ConsoleEvent, routingKey: string) => unknown
> = {
  slack: slackPayload,
  teams: teamsPayload,
  webhook: webhookPayload,
  pagerduty: pagerDutyPayload,
};

/** What is longer is refused as a whole. https://docs.slack.dev/reference/block-kit/blocks/section-block */
const MOST_OF_SLACK = { header: 150, section: 3_000, field: 2_000 };

export function slackPayload({ tone, title, lines, evidence, facts, link }: Message) {
  const headline = `${MARKS[tone]} ${title}`;
  return {
    text: slackText(headline, MOST_OF_SLACK.section),
    blocks: [
      { type: "header", text: { type: "plain_text", text: cutText(headline, MOST_OF_SLACK.header) } },
      ...(lines.length > 0
        ? [
            {
              type: "section",
              text: { type: "mrkdwn", text: slackText(lines.join("\n"), MOST_OF_SLACK.section) },
            },
          ]
        : []),
      ...(evidence
        ? [{ type: "section", text: { type: "mrkdwn", text: `\`\`\`${slackCode(evidence)}\`\`\`` } }]
        : []),
      ...(facts.length > 0
        ? [
            {
              type: "section",
              fields: facts.slice(0, 10).map(({ name, value }) => ({
                type: "mrkdwn",
                text: slackText(`*${name}*\n${value}`, MOST_OF_SLACK.field),
              })),
            },
          ]
        : []),
      {
        type: "actions",
        elements: [{ type: "button", text: { type: "plain_text", text: "Open in Goldsmith" }, url: link }],
      },
    ],
  };
}

/** These three begin mentions and links. https://docs.slack.dev/messaging/formatting-message-text */
const SLACK_ESCAPES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/** Escaped, and then no longer than `most`: an escape is five characters for one, and half of one is none. */
function slackText(text: string, most: number): string {
  let written = "";
  for (const point of text) {
    const piece = SLACK_ESCAPES[point] ?? point;
    if (written.length + piece.length > most) break;
    written += piece;
  }
  return written;
}

/** Nothing in it ends the block of code that it is in, whose marks are six characters. */
const slackCode = (text: string) => slackText(text.replaceAll("`", "ˋ"), MOST_OF_SLACK.section - 6);

/** https://adaptivecards.io/explorer/AdaptiveCard.html, in the envelope that a Workflows webhook takes. */
function teamsPayload({ tone, title, lines, evidence, facts, link }: Message) {
  return {
    type: "message",
    attachments: [
      {
        contentType: "application/vnd.microsoft.card.adaptive",
        contentUrl: null,
        content: {
          $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
          type: "AdaptiveCard",
          version: "1.4",
          body: [
            {
              type: "TextBlock",
              text: cardText(`${MARKS[tone]} ${title}`),
              weight: "Bolder",
              size: "Medium",
              wrap: true,
              color: { bad: "Attention", good: "Good", note: "Warning" }[tone],
            },
            ...lines.map((line) => ({ type: "TextBlock", text: cardText(line), wrap: true })),
            ...(evidence
              ? [{ type: "TextBlock", text: cardText(evidence), wrap: true, fontType: "Monospace" }]
              : []),
            {
              type: "FactSet",
              facts: facts.map(({ name, value }) => ({ title: name, value: cardText(value) })),
            },
          ],
          actions: [{ type: "Action.OpenUrl", title: "Open in Goldsmith", url: link }],
        },
      },
    ],
  };
}

/** A text block reads Markdown: what could begin a link, an emphasis or a list is escaped. */
const cardText = (text: string) => text.replaceAll(/[\\`*_[\]()<>#~]/g, "\\$&");

/** https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md */
export function webhookPayload({ title, link }: Message, event: ConsoleEvent) {
  return {
    type: typeOf(event),
    timestamp: instantOf(event),
    data: { ...event, names: namesOf(event), title, link },
  };
}

/** Words with dots, as the specification suggests: `build.failed`, `roll-out.done`. */
function typeOf(event: ConsoleEvent): string {
  const [first] = event.kinds;
  if (!first) return "test";
  if (isDigest(event)) return "digest";
  if (!isNotice(event)) return event.kinds.includes("build-failed") ? "build.failed" : "build.succeeded";
  return first.replace(/^(roll-out|pipeline|image|aws|sync)-/, "$1.");
}

/** https://developer.pagerduty.com/docs/send-alert-event */
function pagerDutyPayload(
  { tone, title, lines, evidence, facts, link, thread }: Message,
  event: ConsoleEvent,
  routingKey: string,
) {
  const isResolved = tone === "good";
  return {
    routing_key: routingKey,
    event_action: isResolved ? "resolve" : "trigger",
    dedup_key: thread,
    client: "Goldsmith",
    client_url: link,
    payload: {
      summary: title,
      source: event.targetId,
      severity: tone === "bad" ? "error" : "warning",
      timestamp: instantOf(event),
      custom_details: {
        lines,
        evidence,
        ...Object.fromEntries(facts.map(({ name, value }) => [name, value])),
      },
    },
  };
}

/** The body of an e-mail. */
export const plainText = ({ lines, evidence, facts, link }: Message): string =>
  [
    ...lines,
    ...(evidence ? ["", `    ${evidence}`] : []),
    "",
    ...facts.map(({ name, value }) => `${name}: ${value}`),
    "",
    link,
  ].join("\n");
