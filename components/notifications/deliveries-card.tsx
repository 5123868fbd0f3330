"use client";
import type { Route } from "next";
import Link from "next/link";
import { PermittedButton } from "@/components/shell/permitted-button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { RefusalText } from "@/components/ui/refusal-text";
import { RelativeTime } from "@/components/ui/relative-time";
import { StatusBadge } from "@/components/ui/status-badge";
import { Cell, HeaderCell, Row, Table, TableHead } from "@/components/ui/table";
import { resendNotificationAction } from "@/lib/actions/notification-actions";
import type { Delivery, Notifications } from "@/lib/notifications/types";
import { useNotificationWrite } from "./use-notification-write";

/** What was sent, what waits, and what was given up, newest first. */
export function DeliveriesCard({ target, notifications }: { target: string; notifications: Notifications }) {
  const { deliveries, isCut } = notifications;
  const { refusal, isBusy, write } = useNotificationWrite(target);
  return (
    <Card title="Delivery log" flush note={isCut ? `latest ${deliveries.length}` : undefined}>
      {refusal && (
        <p role="alert" className="m-0 bg-fail-soft px-3.5 py-1.5 text-fail">
          <RefusalText refusal={refusal} />
        </p>
      )}
      {deliveries.length === 0 ? (
        <EmptyState title="Nothing sent yet">
          Messages are kept for 30 days, with the receiver’s answer to each.
        </EmptyState>
      ) : (
        <Table caption="Deliveries">
          <TableHead>
            <HeaderCell from="sm">Time</HeaderCell>
            <HeaderCell>Message</HeaderCell>
            <HeaderCell from="md">Receiver</HeaderCell>
            <HeaderCell from="lg" isNumeric>
              Tries
            </HeaderCell>
            <HeaderCell from="lg" isNumeric>
              Took
            </HeaderCell>
            <HeaderCell>State</HeaderCell>
          </TableHead>
          <tbody>
            {deliveries.map((delivery) => (
              <Row key={delivery.id}>
                <Cell from="sm">
                  <RelativeTime at={delivery.at} />
                </Cell>
                <Cell layout="[overflow-wrap:anywhere]">
                  <Link href={delivery.link as Route} prefetch={false}>
                    {delivery.title}
                  </Link>
                </Cell>
                <Cell from="md">{delivery.receiverName}</Cell>
                <Cell from="lg" isNumeric>
                  {delivery.tries}
                </Cell>
                <Cell from="lg" isNumeric layout="whitespace-nowrap">
                  {delivery.tookMs === undefined ? "–" : `${(delivery.tookMs / 1000).toFixed(1)} s`}
                </Cell>
                <Cell>
                  <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
                    <DeliveryState delivery={delivery} />
                    {delivery.state !== "sent" &&
                      delivery.state !== "merged" &&
                      (delivery.tries > 0 || delivery.state === "held") && (
                        <PermittedButton
                          action="resend-notification"
                          disabled={isBusy}
                          onClick={() => write(() => resendNotificationAction({ target, id: delivery.id }))}
                        >
                          {delivery.state !== "dead" ? "Send now" : "Send again"}
                        </PermittedButton>
                      )}
                  </span>
                </Cell>
              </Row>
            ))}
          </tbody>
        </Table>
      )}
    </Card>
  );
}

function DeliveryState({ delivery: { state, tries, answer, nextAt } }: { delivery: Delivery }) {
  if (state === "merged") return <StatusBadge tone="mute">Sent together</StatusBadge>;
  if (state === "sent") return <StatusBadge tone="ok">Delivered</StatusBadge>;
  if (state === "held")
    return (
      <>
        <StatusBadge tone="mute">Held</StatusBadge>
        {nextAt && (
          <span className="text-ink-2">
            sent <RelativeTime at={nextAt} />
          </span>
        )}
      </>
    );
  if (state === "waiting" && tries === 0) return <StatusBadge tone="run">Sending</StatusBadge>;
  return (
    <>
      <StatusBadge tone={state === "dead" ? "fail" : "wait"}>
        {state === "dead" ? "Gave up" : "Retrying"}
      </StatusBadge>
      {nextAt && (
        <span className="text-ink-2">
          next try <RelativeTime at={nextAt} />
        </span>
      )}
      <span className="text-ink-2 text-xs [overflow-wrap:anywhere]">{answer}</span>
    </>
  );
}
