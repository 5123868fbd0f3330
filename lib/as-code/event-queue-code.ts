import { formatArn } from "@/lib/core/arn";

/** Where a queue of events is to be, and who reads it. */
export type EventQueue = {
  accountId: string;
  region: string;
  /** `aws`, `aws-cn` and so on. */
  partition: string;
  /** Of the queue and the rule. */
  name: string;
  /** The role that the console assumes in this account; absent where it uses its own credentials. */
  roleArn?: string;
};

const SOURCE = "aws.imagebuilder";
const READS = ["sqs:ReceiveMessage", "sqs:DeleteMessage"];
/** An event that nobody read for a day says nothing new: the sync has seen what it is about. */
const KEPT_SECONDS = 86_400;

const arnOf = (service: string, { partition, region, accountId }: EventQueue, resource: string) =>
  formatArn({ partition, service, region, accountId, resource });

/**
 * Who may do what with the queue: EventBridge may send to it, for the one rule, and the console's role may receive.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sqs-permissions
 */
export function queuePolicy(queue: EventQueue) {
  const Resource = arnOf("sqs", queue, queue.name);
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "EventsOfImageBuilder",
        Effect: "Allow",
        Principal: { Service: "events.amazonaws.com" },
        Action: "sqs:SendMessage",
        Resource,
        Condition: {
          ArnEquals: { "aws:SourceArn": arnOf("events", queue, `rule/${queue.name}`) },
          StringEquals: { "aws:SourceAccount": queue.accountId },
        },
      },
      ...(queue.roleArn
        ? [
            {
              Sid: "Console",
              Effect: "Allow",
              Principal: { AWS: queue.roleArn },
              Action: READS,
              Resource,
            },
          ]
        : []),
      {
        Sid: "TlsOnly",
        Effect: "Deny",
        Principal: "*",
        Action: "sqs:*",
        Resource,
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  };
}

/** Queue, policy and rule as a CloudFormation template in JSON, with the queue's URL as its output. */
export function eventQueueTemplate(queue: EventQueue): string {
  const template = {
    AWSTemplateFormatVersion: "2010-09-09",
    Description: "Sends the events of EC2 Image Builder to a queue that Goldsmith reads",
    Resources: {
      Queue: {
        Type: "AWS::SQS::Queue",
        Properties: {
          QueueName: queue.name,
          MessageRetentionPeriod: KEPT_SECONDS,
          SqsManagedSseEnabled: true,
        },
      },
      Policy: {
        Type: "AWS::SQS::QueuePolicy",
        Properties: { Queues: [{ Ref: "Queue" }], PolicyDocument: queuePolicy(queue) },
      },
      Rule: {
        Type: "AWS::Events::Rule",
        DependsOn: "Policy",
        Properties: {
          Name: queue.name,
          EventPattern: { source: [SOURCE] },
          Targets: [{ Id: "queue", Arn: { "Fn::GetAtt": ["Queue", "Arn"] } }],
        },
      },
    },
    Outputs: { BuildEventsQueueUrl: { Value: { Ref: "Queue" } } },
  };
  return `${JSON.stringify(template, undefined, 2)}\n`;
}

/** The same for Terraform. The policy is written out, since its ARNs are known before anything is created. */
export function eventQueueTerraform(queue: EventQueue): string {
  const policy = JSON.stringify(queuePolicy(queue), undefined, 2).replaceAll("\n", "\n  ");
  return `resource "aws_sqs_queue" "goldsmith_events" {
  name                      = ${JSON.stringify(queue.name)}
  message_retention_seconds = ${KEPT_SECONDS}
  sqs_managed_sse_enabled   = true
}

resource "aws_sqs_queue_policy" "goldsmith_events" {
  queue_url = aws_sqs_queue.goldsmith_events.url
  policy    = jsonencode(${policy})
}

resource "aws_cloudwatch_event_rule" "goldsmith_events" {
  name          = ${JSON.stringify(queue.name)}
  event_pattern = jsonencode({ source = ["${SOURCE}"] })
}

resource "aws_cloudwatch_event_target" "goldsmith_events" {
  rule       = aws_cloudwatch_event_rule.goldsmith_events.name
  target_id  = "queue"
  arn        = aws_sqs_queue.goldsmith_events.arn
  depends_on = [aws_sqs_queue_policy.goldsmith_events]
}

output "build_events_queue_url" {
  value = aws_sqs_queue.goldsmith_events.url
}
`;
}

/** The queue's URL once it is there, as `buildEventsQueueUrl` of the target takes it. */
export const eventQueueUrl = ({ region, accountId, name }: EventQueue, dnsSuffix: string) =>
  `https://sqs.${region}.${dnsSuffix}/${accountId}/${name}`;
