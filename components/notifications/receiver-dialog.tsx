"use client";
import { type FormEvent, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Input, Select } from "@/components/ui/inputs";
import { ModalPanel } from "@/components/ui/modal-panel";
import { RefusalNote } from "@/components/ui/refusal-note";
import { saveReceiverAction } from "@/lib/actions/notification-actions";
import { RECEIVER_KINDS, RECEIVER_WORDS, type Receiver, type ReceiverKind } from "@/lib/notifications/types";
import { SecretDialog } from "./secret-dialog";
import { useNotificationWrite } from "./use-notification-write";

const ADDRESSES: Record<ReceiverKind, { label: string; placeholder: string; hint: string }> = {
  slack: {
    label: "Incoming webhook URL",
    placeholder: "https://hooks.slack.com/services/…",
    hint: "From your Slack app, under Incoming Webhooks.",
  },
  "slack-bot": {
    label: "Bot token",
    placeholder: "xoxb-…",
    hint: "From your Slack app, under OAuth, with the scope chat:write. Invite the bot to the channel. A recovery updates the message of the failure.",
  },
  teams: {
    label: "Workflow URL",
    placeholder: "https://….logic.azure.com/workflows/…",
    hint: "From the workflow “Post to a channel when a webhook request is received”.",
  },
  webhook: {
    label: "URL",
    placeholder: "https://tickets.example.com/hooks/goldsmith",
    hint: "Requests are signed as Standard Webhooks. The secret is shown once, after saving.",
  },
  email: {
    label: "E-mail addresses",
    placeholder: "images@example.com, security@example.com",
    hint: "Separate several with commas.",
  },
  sns: {
    label: "Topic ARN",
    placeholder: "arn:aws:sns:us-east-1:111111111111:images",
    hint: "In this account and Region. The console's role needs sns:Publish on it. People receive text; queues and functions receive JSON.",
  },
  pagerduty: {
    label: "Integration key",
    placeholder: "32 letters and digits",
    hint: "From an Events API v2 integration. A success resolves the alert of its pipeline.",
  },
};

const ADDRESS_FIELDS = ["url", "to", "routingKey", "token", "topicArn"];

/** Adds or changes a receiver. What was saved of its address is not shown again. */
export function ReceiverDialog({
  target,
  canSendMail,
  receiver,
  onClose,
}: {
  target: string;
  canSendMail: boolean;
  receiver?: Receiver;
  onClose: () => void;
}) {
  const id = useId();
  const [kind, setKind] = useState<ReceiverKind>(receiver?.kind ?? "slack");
  const [name, setName] = useState(receiver?.name ?? "");
  const [address, setAddress] = useState("");
  const [channel, setChannel] = useState("");
  const [secret, setSecret] = useState<string>();
  const { refusal, isBusy, write } = useNotificationWrite(target);
  const { label, placeholder, hint } = ADDRESSES[kind];
  const save = (event: FormEvent) => {
    event.preventDefault();
    const given = address.trim();
    const input = {
      target,
      id: receiver?.id,
      name,
      kind,
      url: given && ["slack", "teams", "webhook"].includes(kind) ? given : undefined,
      token: given && kind === "slack-bot" ? given : undefined,
      channel: given && kind === "slack-bot" ? channel.trim() : undefined,
      topicArn: given && kind === "sns" ? given : undefined,
      to: given && kind === "email" ? given.split(",").map((part) => part.trim()) : undefined,
      routingKey: given && kind === "pagerduty" ? given : undefined,
    };
    write(
      () => saveReceiverAction(input),
      (saved) => (saved.secret ? setSecret(saved.secret) : onClose()),
      { text: `Saved ${name}.` },
    );
  };
  const title = receiver ? `Edit ${receiver.name}` : "Add receiver";
  if (secret) return <SecretDialog secret={secret} onClose={onClose} />;
  return (
    <ModalPanel label={title} onClose={onClose}>
      <form onSubmit={save} noValidate className="grid gap-3 p-4">
        <h2 className="m-0 font-semibold text-[15px]">{title}</h2>
        <div className="grid gap-1">
          <label htmlFor={`${id}-kind`} className="font-[550]">
            Send by
          </label>
          <Select
            id={`${id}-kind`}
            value={kind}
            disabled={receiver !== undefined}
            onChange={(event) => setKind(event.target.value as ReceiverKind)}
          >
            {RECEIVER_KINDS.map((each) => (
              <option key={each} value={each} disabled={each === "email" && !canSendMail}>
                {RECEIVER_WORDS[each]}
                {each === "email" && !canSendMail && " (set GOLDSMITH_SMTP_URL first)"}
              </option>
            ))}
          </Select>
        </div>
        <div className="grid gap-1">
          <label htmlFor={`${id}-name`} className="font-[550]">
            Name
          </label>
          <Input
            id={`${id}-name`}
            value={name}
            placeholder="#image-factory"
            aria-invalid={Boolean(refusal?.fields?.name)}
            onChange={(event) => setName(event.target.value)}
          />
        </div>
        <div className="grid gap-1">
          <label htmlFor={`${id}-address`} className="font-[550]">
            {label} {receiver && <span className="font-normal text-ink-3">empty keeps what is saved</span>}
          </label>
          <Input
            id={`${id}-address`}
            value={address}
            isMono
            autoComplete="off"
            placeholder={placeholder}
            aria-describedby={`${id}-hint`}
            aria-invalid={ADDRESS_FIELDS.some((field) => refusal?.fields?.[field])}
            onChange={(event) => setAddress(event.target.value)}
          />
          <span id={`${id}-hint`} className="text-ink-2 text-xs">
            {hint}
          </span>
        </div>
        {kind === "slack-bot" && (
          <div className="grid gap-1">
            <label htmlFor={`${id}-channel`} className="font-[550]">
              Channel ID
            </label>
            <Input
              id={`${id}-channel`}
              value={channel}
              isMono
              placeholder="C0123456789"
              aria-invalid={Boolean(refusal?.fields?.channel)}
              onChange={(event) => setChannel(event.target.value)}
            />
          </div>
        )}
        {refusal && <RefusalNote refusal={Object.values(refusal.fields ?? {})[0] ?? refusal} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={isBusy}>
            Save
          </Button>
        </div>
      </form>
    </ModalPanel>
  );
}
