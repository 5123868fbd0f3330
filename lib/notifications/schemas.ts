import { z } from "zod";
import { parseArn } from "@/lib/core/arn";
import { isTimeZone } from "@/lib/core/zoned-time";
import { CADENCES } from "./rule-timing";
import { EVENT_KINDS, RECEIVER_KINDS } from "./types";

/** As an input of the type `time` writes it. */
const timeField = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "Enter a time such as 09:00.");
const idField = z.uuid("This no longer exists.");
const nameField = z
  .string()
  .trim()
  .min(1, "Enter a name.")
  .max(80, "A name has at most 80 characters.")
  .regex(/^[^\p{Cc}]*$/u, "A name has no control characters.");

/** https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
function isTopic(text: string): boolean {
  const { service, region, accountId = "", resource = "" } = parseArn(text) ?? {};
  return (
    service === "sns" &&
    Boolean(region) &&
    /^\d{12}$/.test(accountId) &&
    /^[\w-]{1,256}(\.fifo)?$/.test(resource)
  );
}

/** `id` of one that is changed; its address stays when none is given. */
export const receiverSchema = z
  .object({
    id: idField.optional(),
    name: nameField,
    kind: z.enum(RECEIVER_KINDS, "Choose how to send."),
    url: z.string().trim().max(2000, "An address has at most 2,000 characters.").optional(),
    to: z
      .array(z.email("Enter e-mail addresses separated by commas."))
      .max(20, "At most 20 addresses.")
      .optional(),
    token: z
      .string()
      .trim()
      .regex(/^xox[a-z]-[-0-9A-Za-z]{10,255}$/, "A bot's token begins with xoxb-.")
      .optional(),
    channel: z
      .string()
      .trim()
      .regex(/^[CGD][A-Z0-9]{6,30}$/, "A channel's ID looks like C0123456789: see the channel's details.")
      .optional(),
    topicArn: z.string().trim().refine(isTopic, "Enter the ARN of a topic.").optional(),
    routingKey: z
      .string()
      .trim()
      .regex(/^[a-zA-Z0-9]{32}$/, "An integration key has 32 letters and digits.")
      .optional(),
  })
  .superRefine(({ id, kind, url, to, routingKey, token, channel, topicArn }, context) => {
    const need = (field: "url" | "to" | "routingKey" | "token" | "channel" | "topicArn", message: string) =>
      context.addIssue({ code: "custom", path: [field], message });
    // A token without its channel would go to none.
    if (kind === "slack-bot" && Boolean(token) !== Boolean(channel))
      need(token ? "channel" : "token", "Enter the bot's token and the channel's ID, both.");
    if (id) return;
    if (kind === "slack-bot" && !token) need("token", "Enter the bot's token.");
    if (kind === "sns" && !topicArn) need("topicArn", "Enter the ARN of a topic.");
    if (kind === "email" && !to?.length) need("to", "Enter at least one e-mail address.");
    if (kind === "pagerduty" && !routingKey) need("routingKey", "Enter the integration key.");
    if ((kind === "slack" || kind === "teams" || kind === "webhook") && !url)
      need("url", "Enter the webhook's address.");
  });

export const ruleSchema = z.object({
  id: idField.optional(),
  events: z
    .array(z.enum(EVENT_KINDS, "Unknown event."))
    .min(1, "Choose at least one event.")
    .max(EVENT_KINDS.length),
  namePrefix: z
    .string()
    .max(128, "A name has at most 128 characters.")
    .regex(/^[-_A-Za-z0-9 ]*$/, "Names have letters, digits, spaces, - and _."),
  filters: z
    .object({
      tags: z
        .array(
          z.object({
            key: z
              .string()
              .trim()
              .min(1, "A tag has a key.")
              .max(128, "A tag's key has at most 128 characters."),
            value: z.string().max(256, "A tag's value has at most 256 characters."),
          }),
        )
        .max(10, "At most 10 tags."),
      severities: z.array(z.enum(["bad", "note", "good"], "Unknown severity.")).max(3),
    })
    .default({ tags: [], severities: [] }),
  timing: z
    .object({
      cadence: z.enum(CADENCES, "Choose how often."),
      dailyAt: timeField.default("09:00"),
      hours: z
        .object({
          days: z.array(z.int().min(0).max(6)).min(1, "Choose at least one day.").max(7),
          from: timeField,
          to: timeField,
        })
        .refine(({ from, to }) => from !== to, {
          message: "The hours begin and end at the same time.",
          path: ["to"],
        })
        .optional(),
      timeZone: z.string().refine(isTimeZone, "Unknown time zone.").optional(),
    })
    .default({ cadence: "at-once", dailyAt: "09:00" }),
  receiverId: idField,
  isOn: z.boolean(),
});

export const byIdSchema = z.object({ id: idField });
export const deliverySchema = z.object({ id: z.int().positive() });
