import fc from "fast-check";
import { expect, it } from "vitest";
import { type EventQueue, eventQueueTemplate, eventQueueTerraform, queuePolicy } from "./event-queue-code";

const queues: fc.Arbitrary<EventQueue> = fc.record({
  accountId: fc.stringMatching(/^\d{12}$/),
  region: fc.constantFrom("us-east-1", "cn-north-1", "us-gov-west-1"),
  partition: fc.constantFrom("aws", "aws-cn", "aws-us-gov"),
  name: fc.stringMatching(/^[A-Za-z0-9_-]{1,80}$/),
  roleArn: fc.option(fc.constant("arn:aws:iam::111111111111:role/goldsmith"), { nil: undefined }),
});

it("lets EventBridge send for one rule of one account, the console's role read, and nobody else in", () => {
  fc.assert(
    fc.property(queues, (queue) => {
      const { Statement } = queuePolicy(queue);
      const arn = `arn:${queue.partition}:sqs:${queue.region}:${queue.accountId}:${queue.name}`;
      for (const statement of Statement) {
        expect(statement.Resource).toBe(arn);
        if (statement.Effect !== "Allow") continue;
        const { AWS, Service } = statement.Principal as { AWS?: string; Service?: string };
        expect(AWS ?? Service).toBe(AWS ? queue.roleArn : "events.amazonaws.com");
        expect(
          [statement.Action]
            .flat()
            .every((action) => /^sqs:(SendMessage|ReceiveMessage|DeleteMessage)$/.test(action)),
        ).toBe(true);
        if (Service)
          expect(statement.Condition).toEqual({
            ArnEquals: {
              "aws:SourceArn": `arn:${queue.partition}:events:${queue.region}:${queue.accountId}:rule/${queue.name}`,
            },
            StringEquals: { "aws:SourceAccount": queue.accountId },
          });
      }
    }),
  );
});

it("says the same in both forms", () => {
  fc.assert(
    fc.property(queues, (queue) => {
      const { Resources } = JSON.parse(eventQueueTemplate(queue)) as {
        Resources: Record<string, { Type: string; Properties: { PolicyDocument?: unknown } }>;
      };
      expect(Resources.Policy?.Properties.PolicyDocument).toEqual(queuePolicy(queue));
      const written = eventQueueTerraform(queue);
      const [, policy = ""] = /policy {4}= jsonencode\((\{[\s\S]*?\n {2}\})\)/.exec(written) ?? [];
      expect(JSON.parse(policy)).toEqual(queuePolicy(queue));
      expect(written).toContain(`"aws.imagebuilder"`);
    }),
  );
});

it("uses properties that CloudFormation knows", async () => {
  const { loadAwsServiceSpec } = await import("@aws-cdk/aws-service-spec");
  const spec = await loadAwsServiceSpec();
  const queue = { accountId: "111111111111", region: "us-east-1", partition: "aws", name: "events" };
  const { Resources } = JSON.parse(eventQueueTemplate(queue)) as {
    Resources: Record<string, { Type: string; Properties: object }>;
  };
  for (const { Type, Properties } of Object.values(Resources)) {
    const [known] = spec.lookup("resource", "cloudFormationType", "equals", Type);
    expect(known, Type).toBeDefined();
    expect(Object.keys(known?.properties ?? {})).toEqual(expect.arrayContaining(Object.keys(Properties)));
  }
});
