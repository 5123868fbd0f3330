"use server";
import type { ActionResult } from "@/lib/core/failure";
import { deleteNotificationRule } from "@/lib/notifications/delete-notification-rule";
import { deleteReceiver } from "@/lib/notifications/delete-receiver";
import { resendNotification } from "@/lib/notifications/resend-notification";
import { rotateSecret } from "@/lib/notifications/rotate-secret";
import type { RuleTiming } from "@/lib/notifications/rule-timing";
import { saveNotificationRule } from "@/lib/notifications/save-notification-rule";
import { saveReceiver } from "@/lib/notifications/save-receiver";
import { testReceiver } from "@/lib/notifications/test-receiver";
import type { EventKind, ReceiverKind, RuleFilters } from "@/lib/notifications/types";
import { writeAction } from "./write-action";

/** Adds or changes a receiver; returns a new webhook's signing secret, this once. */
export async function saveReceiverAction(request: {
  target: string;
  id?: string;
  name: string;
  kind: ReceiverKind;
  url?: string;
  to?: string[];
  routingKey?: string;
  token?: string;
  channel?: string;
  topicArn?: string;
}): Promise<ActionResult<{ id: string; secret?: string }>> {
  return writeAction(request, (ctx, input) => saveReceiver({ ctx, input }));
}

/** Gives a webhook another signing secret, returned this once. */
export async function rotateSecretAction(request: {
  target: string;
  id: string;
}): Promise<ActionResult<{ secret: string; until: string }>> {
  return writeAction(request, (ctx, input) => rotateSecret({ ctx, input }));
}

/** Deletes a receiver with its rules and what waits for it. */
export async function deleteReceiverAction(request: {
  target: string;
  id: string;
}): Promise<ActionResult<null>> {
  return writeAction(request, (ctx, input) => deleteReceiver({ ctx, input }));
}

/** Sends a test message to a receiver. */
export async function testReceiverAction(request: {
  target: string;
  id: string;
}): Promise<ActionResult<null>> {
  return writeAction(request, (ctx, input) => testReceiver({ ctx, input }));
}

/** Adds or changes a rule. */
export async function saveNotificationRuleAction(request: {
  target: string;
  id?: string;
  events: EventKind[];
  namePrefix: string;
  filters: RuleFilters;
  timing: RuleTiming;
  receiverId: string;
  isOn: boolean;
}): Promise<ActionResult<{ id: string }>> {
  return writeAction(request, (ctx, input) => saveNotificationRule({ ctx, input }));
}

/** Deletes a rule. */
export async function deleteNotificationRuleAction(request: {
  target: string;
  id: string;
}): Promise<ActionResult<null>> {
  return writeAction(request, (ctx, input) => deleteNotificationRule({ ctx, input }));
}

/** Tries a delivery again that waits or was given up. */
export async function resendNotificationAction(request: {
  target: string;
  id: number;
}): Promise<ActionResult<null>> {
  return writeAction(request, (ctx, input) => resendNotification({ ctx, input }));
}
