"use client";
import dynamic from "next/dynamic";
import { useState } from "react";
import { PermittedButton } from "@/components/shell/permitted-button";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { RefusalText } from "@/components/ui/refusal-text";
import { RelativeTime } from "@/components/ui/relative-time";
import { Cell, HeaderCell, Row, Table, TableHead } from "@/components/ui/table";
import { deleteNotificationRuleAction, saveNotificationRuleAction } from "@/lib/actions/notification-actions";
import type { RuleTiming } from "@/lib/notifications/rule-timing";
import { EVENTS, type NotificationRule, type Notifications } from "@/lib/notifications/types";
import { useNotificationWrite } from "./use-notification-write";

const RuleDialog = dynamic(() => import("./rule-dialog").then((file) => file.RuleDialog));

/** The rules, each read as a sentence: when, for which images, to whom. */
export function RulesCard({ target, notifications }: { target: string; notifications: Notifications }) {
  const { rules, receivers } = notifications;
  const [edited, setEdited] = useState<NotificationRule | "new">();
  const { refusal, isBusy, write } = useNotificationWrite(target);
  const put = ({ lastSentAt: _, ...input }: Omit<NotificationRule, "id"> & { id: string | undefined }) =>
    saveNotificationRuleAction({ target, ...input });
  const nameOf = (id: string) => receivers.find((receiver) => receiver.id === id)?.name ?? "";
  return (
    <Card
      title="Rules"
      flush
      action={
        <PermittedButton
          action="save-notification-rule"
          variant="primary"
          disabled={receivers.length === 0}
          onClick={() => setEdited("new")}
        >
          Add rule
        </PermittedButton>
      }
    >
      {refusal && (
        <p role="alert" className="m-0 bg-fail-soft px-3.5 py-1.5 text-fail">
          <RefusalText refusal={refusal} />
        </p>
      )}
      {rules.length === 0 ? (
        <EmptyState title="No rules yet">
          {receivers.length === 0
            ? "Add a receiver first, then a rule that says what it is sent."
            : "Nothing is sent until a rule says what, for which images, and to whom."}
        </EmptyState>
      ) : (
        <Table caption="Notification rules">
          <TableHead>
            <HeaderCell>When</HeaderCell>
            <HeaderCell>For</HeaderCell>
            <HeaderCell from="sm">Tell</HeaderCell>
            <HeaderCell from="lg">How often</HeaderCell>
            <HeaderCell from="md">Last sent</HeaderCell>
            <HeaderCell>
              <span className="sr-only">Actions</span>
            </HeaderCell>
          </TableHead>
          <tbody>
            {rules.map((rule) => (
              <Row key={rule.id}>
                <Cell layout={rule.isOn ? "font-[550]" : "text-ink-3"}>
                  {rule.events.map((kind) => EVENTS[kind].words).join(", ")}
                  {!rule.isOn && " (off)"}
                </Cell>
                <Cell>
                  {rule.namePrefix ? <code>{rule.namePrefix}*</code> : "All names"}
                  {rule.filters.tags.map(({ key, value }) => (
                    <code key={key} className="ml-1.5">
                      {value ? `${key}=${value}` : key}
                    </code>
                  ))}
                </Cell>
                <Cell from="sm">{nameOf(rule.receiverId)}</Cell>
                <Cell from="lg">{timingWords(rule.timing)}</Cell>
                <Cell from="md">{rule.lastSentAt ? <RelativeTime at={rule.lastSentAt} /> : "Never"}</Cell>
                <Cell>
                  <div className="flex flex-wrap justify-end gap-1">
                    <PermittedButton
                      action="save-notification-rule"
                      resource={rule.namePrefix}
                      disabled={isBusy}
                      onClick={() =>
                        write(() => put({ ...rule, isOn: !rule.isOn }), undefined, {
                          text: rule.isOn ? "Turned the rule off." : "Turned the rule on.",
                          undo: () => put(rule),
                        })
                      }
                    >
                      {rule.isOn ? "Turn off" : "Turn on"}
                    </PermittedButton>
                    <Button variant="quiet" onClick={() => setEdited(rule)}>
                      Edit
                    </Button>
                    <PermittedButton
                      action="delete-notification-rule"
                      resource={rule.namePrefix}
                      variant="quiet"
                      disabled={isBusy}
                      onClick={() =>
                        write(() => deleteNotificationRuleAction({ target, id: rule.id }), undefined, {
                          text: "Deleted the rule.",
                          undo: () => put({ ...rule, id: undefined }),
                        })
                      }
                    >
                      Delete
                    </PermittedButton>
                  </div>
                </Cell>
              </Row>
            ))}
          </tbody>
        </Table>
      )}
      {edited && (
        <RuleDialog
          target={target}
          receivers={receivers}
          timeZone={notifications.timeZone}
          rule={edited === "new" ? undefined : edited}
          onClose={() => setEdited(undefined)}
        />
      )}
    </Card>
  );
}

const CADENCE_SHORT: Record<RuleTiming["cadence"], string> = {
  "at-once": "At once",
  "every-10-minutes": "Every 10 minutes",
  hourly: "Hourly",
  daily: "Daily",
};
const timingWords = ({ cadence, dailyAt, hours }: RuleTiming) =>
  `${CADENCE_SHORT[cadence]}${cadence === "daily" ? ` at ${dailyAt}` : ""}${hours ? `, ${hours.from}–${hours.to}` : ""}`;
