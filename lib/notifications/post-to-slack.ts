import "server-only";
import { canonicalText } from "@/lib/core/canonical-text";
import { postJson } from "./outside-request";
import { slackPayload } from "./payloads";
import type { Message, ReceiverAddress, SlackMessage, Try } from "./types";

const SLACK_API = "https://slack.com/api";
/** Refused for what it says, or by whom: the same in a minute, so that it would only hold back what comes after. */
const FINAL = new Set([
  "invalid_blocks",
  "msg_too_long",
  "no_text",
  "is_archived",
  "account_inactive",
  "token_revoked",
]);

/**
 * Posts as a Slack app's bot. What follows up an open message goes into its thread; what says that all is well again
 * changes the message itself. https://docs.slack.dev/reference/methods/chat.postMessage
 */
export async function postToSlack(
  message: Message,
  {
    address: { token = "", channel = "", url = SLACK_API },
    before,
    inside,
  }: { address: ReceiverAddress; before: SlackMessage | undefined; inside: readonly string[] },
): Promise<Try> {
  const isUpdate = before !== undefined && message.tone === "good";
  const { status, text, body } = await postJson(
    `${url.replace(/\/$/, "")}/${isUpdate ? "chat.update" : "chat.postMessage"}`,
    {
      body: JSON.stringify({
        ...slackPayload(message),
        channel: before?.channel ?? channel,
        ...(isUpdate ? { ts: before.ts } : before && { thread_ts: before.ts }),
        unfurl_links: false,
      }),
      inside,
      headers: { "content-type": "application/json; charset=utf-8", authorization: `Bearer ${token}` },
    },
  );
  // The answer holds the whole message after these members, and only its beginning is read.
  const [, ts = before?.ts] = /"ts":\s*"(\d+\.\d+)"/.exec(body) ?? [];
  if (status === 200 && /"ok":\s*true/.test(body)) {
    const posted = { channel: /"channel":\s*"([A-Z0-9]+)"/.exec(body)?.[1] ?? channel, ts: ts ?? "" };
    return {
      state: "sent",
      answer: isUpdate ? "updated the message" : before ? "added to the thread" : "posted",
      remote: { ...(before ?? posted), isOpen: message.tone !== "good" },
    };
  }
  const [, error = `HTTP ${status} ${text}`] = /"error":\s*"([a-z_]+)"/.exec(body) ?? [];
  return { state: FINAL.has(error) ? "gone" : "failed", answer: canonicalText(`Slack: ${error}`, 300) };
}
