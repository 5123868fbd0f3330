"use client";
import { type CodeForm, CodeForms } from "@/components/resources/code-forms";
import {
  type EventQueue,
  eventQueueTemplate,
  eventQueueTerraform,
  eventQueueUrl,
} from "@/lib/as-code/event-queue-code";
import { dnsSuffixOf, partitionOf } from "@/lib/core/arn";
import type { TargetSetting } from "@/lib/settings/types";

const NAME = "goldsmith-events";

/** Queue, policy and rule for a target, as code to deploy, and what to set afterwards. */
export function EventQueueCode({ setting: { id, accountId, region, roleArn } }: { setting: TargetSetting }) {
  const queue: EventQueue = { accountId, region, partition: partitionOf(region), name: NAME, roleArn };
  const forms: CodeForm[] = [
    ["CloudFormation", () => eventQueueTemplate(queue)],
    ["Terraform", () => eventQueueTerraform(queue)],
  ];
  return (
    <div className="grid gap-2">
      <CodeForms title="Queue, policy and rule" forms={forms} />
      <p className="m-0 text-ink-2 [overflow-wrap:anywhere]">
        Deploy it in account {accountId}, {region}. Then set{" "}
        <code className="font-mono text-xs">buildEventsQueueUrl</code> of {id} in{" "}
        <code className="font-mono text-xs">GOLDSMITH_TARGETS</code> to{" "}
        <code className="font-mono text-xs">{eventQueueUrl(queue, dnsSuffixOf(region))}</code>.{" "}
        {roleArn
          ? "The queue's policy lets the console's role read it."
          : `The console uses its own credentials here: they need sqs:ReceiveMessage and sqs:DeleteMessage on the queue, which npm run iam-policy -- --queue ${NAME} prints.`}
      </p>
    </div>
  );
}
