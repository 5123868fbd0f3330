"use client";
import dynamic from "next/dynamic";
import { useState } from "react";
import { PermittedButton } from "@/components/shell/permitted-button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { RefusalText } from "@/components/ui/refusal-text";
import { StatusBadge } from "@/components/ui/status-badge";
import { Cell, HeaderCell, Row, Table, TableHead } from "@/components/ui/table";
import {
  deleteReceiverAction,
  rotateSecretAction,
  testReceiverAction,
} from "@/lib/actions/notification-actions";
import { type Notifications, RECEIVER_WORDS, type Receiver } from "@/lib/notifications/types";
import { useNotificationWrite } from "./use-notification-write";

const ReceiverDialog = dynamic(() => import("./receiver-dialog").then((file) => file.ReceiverDialog));
const SecretDialog = dynamic(() => import("./secret-dialog").then((file) => file.SecretDialog));
const ConfirmDialog = dynamic(() =>
  import("@/components/ui/confirm-dialog").then((file) => file.ConfirmDialog),
);

/** Where messages go, with the health of each. Addresses are never shown again. */
export function ReceiversCard({ target, notifications }: { target: string; notifications: Notifications }) {
  const { receivers, canSendMail } = notifications;
  const [edited, setEdited] = useState<Receiver | "new">();
  const [rotated, setRotated] = useState<{ secret: string; until: string }>();
  const [leaving, setLeaving] = useState<Receiver>();
  const { refusal, isBusy, write } = useNotificationWrite(target);
  return (
    <Card
      title="Receivers"
      flush
      action={
        <PermittedButton action="save-receiver" onClick={() => setEdited("new")}>
          Add receiver
        </PermittedButton>
      }
    >
      {refusal && !leaving && (
        <p role="alert" className="m-0 bg-fail-soft px-3.5 py-1.5 text-fail">
          <RefusalText refusal={refusal} />
        </p>
      )}
      {receivers.length === 0 ? (
        <EmptyState title="No receivers yet">
          A receiver is a Slack or Teams channel, a webhook, an e-mail address, an SNS topic or a PagerDuty
          service.
        </EmptyState>
      ) : (
        <Table caption="Receivers">
          <TableHead>
            <HeaderCell>Name</HeaderCell>
            <HeaderCell from="sm">Sent to</HeaderCell>
            <HeaderCell from="md" isNumeric>
              Rules
            </HeaderCell>
            <HeaderCell>State</HeaderCell>
            <HeaderCell>
              <span className="sr-only">Actions</span>
            </HeaderCell>
          </TableHead>
          <tbody>
            {receivers.map((receiver) => (
              <Row key={receiver.id}>
                <Cell layout="font-[550]">{receiver.name}</Cell>
                <Cell from="sm">
                  {RECEIVER_WORDS[receiver.kind]}, {receiver.shown}
                </Cell>
                <Cell from="md" isNumeric>
                  {receiver.rules}
                </Cell>
                <Cell>
                  <Health receiver={receiver} />
                </Cell>
                <Cell>
                  <div className="flex flex-wrap justify-end gap-1">
                    <PermittedButton
                      action="test-receiver"
                      disabled={isBusy}
                      onClick={() => write(() => testReceiverAction({ target, id: receiver.id }))}
                    >
                      Send test
                    </PermittedButton>
                    {receiver.kind === "webhook" && (
                      <PermittedButton
                        action="rotate-secret"
                        variant="quiet"
                        disabled={isBusy}
                        onClick={() =>
                          write(() => rotateSecretAction({ target, id: receiver.id }), setRotated)
                        }
                      >
                        Rotate secret
                      </PermittedButton>
                    )}
                    <PermittedButton
                      action="save-receiver"
                      variant="quiet"
                      onClick={() => setEdited(receiver)}
                    >
                      Edit
                    </PermittedButton>
                    <PermittedButton
                      action="delete-receiver"
                      variant="quiet"
                      onClick={() => setLeaving(receiver)}
                    >
                      Delete…
                    </PermittedButton>
                  </div>
                </Cell>
              </Row>
            ))}
          </tbody>
        </Table>
      )}
      {edited && (
        <ReceiverDialog
          target={target}
          canSendMail={canSendMail}
          receiver={edited === "new" ? undefined : edited}
          onClose={() => setEdited(undefined)}
        />
      )}
      {rotated && (
        <SecretDialog secret={rotated.secret} onClose={() => setRotated(undefined)}>
          <p className="m-0">
            Messages are signed with both secrets until {rotated.until.replace(/T.*$/, "")}. Then the earlier
            one expires.
          </p>
        </SecretDialog>
      )}
      {leaving && (
        <ConfirmDialog
          title={`Delete ${leaving.name}?`}
          confirmLabel="Delete receiver"
          keepLabel="Keep it"
          danger
          isBusy={isBusy}
          error={refusal?.message}
          onConfirm={() =>
            write(
              () => deleteReceiverAction({ target, id: leaving.id }),
              () => setLeaving(undefined),
              { text: `Deleted ${leaving.name}.` },
            )
          }
          onClose={() => setLeaving(undefined)}
        >
          Its rules ({leaving.rules}), delivery log, and unsent messages ({leaving.waiting}) are deleted too.
        </ConfirmDialog>
      )}
    </Card>
  );
}

function Health({ receiver: { last, waiting } }: { receiver: Receiver }) {
  if (!last) return <StatusBadge tone="mute">{waiting > 0 ? "Sending" : "Not tried yet"}</StatusBadge>;
  if (last.state === "sent") return <StatusBadge tone="ok">Works</StatusBadge>;
  return (
    <span className="grid justify-items-start gap-0.5">
      <StatusBadge tone={last.state === "waiting" ? "wait" : "fail"}>
        {last.state === "waiting" ? "Retrying" : "Failed"}
      </StatusBadge>
      <span className="text-ink-2 text-xs [overflow-wrap:anywhere]">{last.answer}</span>
    </span>
  );
}
