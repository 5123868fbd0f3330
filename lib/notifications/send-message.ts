import "server-only";
import { createTransport } from "nodemailer";
import { Webhook } from "standardwebhooks";
import type { AwsAccess } from "@/lib/aws/types";
import type { NotificationSettings } from "@/lib/config/config";
import { canonicalText } from "@/lib/core/canonical-text";
import { messageOf } from "./messages";
import { postJson } from "./outside-request";
import { PAYLOADS, plainText } from "./payloads";
import { postToSlack } from "./post-to-slack";
import { publish } from "./publish-to-sns";
import type { ConsoleEvent, ReceiverAddress, ReceiverKind, SlackMessage, Try } from "./types";

const PAGERDUTY_URL = "https://events.pagerduty.com/v2/enqueue";
/** SMTP servers may be slow to greet, but nothing waits longer for one. */
const MAIL_TIMEOUT_MS = 20_000;

/** What a try needs beside the message: AWS in the target's account, and the Slack message that it follows up. */
export type Means = { aws: AwsAccess | undefined; before: SlackMessage | undefined };

/** Hands one message over. Never throws: what went wrong is the answer. */
export async function sendMessage(
  { kind, address }: { kind: ReceiverKind; address: ReceiverAddress },
  { event, messageId, label, at }: { event: ConsoleEvent; messageId: string; label: string; at: Date },
  settings: NotificationSettings,
  { aws, before }: Means = { aws: undefined, before: undefined },
): Promise<Try> {
  const message = messageOf(event, { consoleUrl: settings.consoleUrl, label });
  try {
    if (kind === "email") {
      await mail(settings, address.to ?? [], message.title, plainText(message), messageId);
      return { state: "sent", answer: "accepted by the mail server" };
    }
    if (kind === "slack-bot")
      return await postToSlack(message, { address, before, inside: settings.insideHosts });
    if (kind === "sns") return await publish(aws, address.topicArn ?? "", { message, event, messageId });
    const body = JSON.stringify(PAYLOADS[kind](message, event, address.routingKey ?? ""));
    const { status, text } = await postJson(kind === "pagerduty" ? PAGERDUTY_URL : (address.url ?? ""), {
      body,
      inside: settings.insideHosts,
      headers: kind === "webhook" ? signed(secretsAt(address, at), messageId, at, body) : {},
    });
    const answer = canonicalText(`HTTP ${status}${text && status >= 300 ? ` ${text}` : ""}`, 300);
    if (status >= 200 && status < 300) return { state: "sent", answer };
    return {
      state: isFinal(status) || (kind === "slack" && text === "no_service") ? "gone" : "failed",
      answer,
    };
  } catch (error) {
    return {
      state: "failed",
      answer: canonicalText(reasonOf(error), 300),
    };
  }
}

/** Gone, or refused for what it says: tried again for a day, it would hold back every message behind it. */
const isFinal = (status: number) => [400, 410, 413, 422].includes(status);

/** What a network's own error means, in words. */
function reasonOf(error: unknown): string {
  const {
    name,
    code = "",
    message = String(error),
  } = error as { name?: string; code?: string; message?: string };
  if (name === "TimeoutError" || name === "AbortError")
    return "The receiver did not respond within 5 seconds.";
  const said = NETWORK_REASONS[code];
  return said ? `${said} (${code})` : message;
}

const NETWORK_REASONS: Record<string, string> = {
  ENOTFOUND: "The host name was not found",
  EAI_AGAIN: "The host name could not be resolved",
  ECONNREFUSED: "The receiver refused the connection",
  ECONNRESET: "The receiver closed the connection",
  ETIMEDOUT: "The connection timed out",
};

/** Both while one replaces the other. */
const secretsAt = ({ secrets = [], secondUntil = "" }: ReceiverAddress, at: Date): string[] =>
  secrets.slice(0, at.toISOString() < secondUntil ? 2 : 1);

/** https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md#signature-scheme */
function signed(secrets: string[], id: string, at: Date, body: string): Record<string, string> {
  return {
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
    "webhook-signature": secrets.map((secret) => new Webhook(secret).sign(id, at, body)).join(" "),
  };
}

async function mail(
  { smtpUrl, mailFrom }: NotificationSettings,
  to: string[],
  subject: string,
  text: string,
  messageId: string,
): Promise<void> {
  if (!smtpUrl) throw new Error("GOLDSMITH_SMTP_URL is not set");
  const transport = createTransport({
    url: smtpUrl,
    connectionTimeout: MAIL_TIMEOUT_MS,
    greetingTimeout: MAIL_TIMEOUT_MS,
    socketTimeout: MAIL_TIMEOUT_MS,
  });
  try {
    await transport.sendMail({
      from: { name: "Goldsmith", address: mailFrom },
      to,
      subject,
      text,
      messageId: `<${messageId}@goldsmith>`,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  } finally {
    transport.close();
  }
}
