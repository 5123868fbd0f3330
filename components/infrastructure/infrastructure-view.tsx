"use client";
import { ConfigurationView } from "@/components/resources/configuration-view";
import { Card } from "@/components/ui/card";
import { FactList } from "@/components/ui/fact-list";
import { Mono } from "@/components/ui/mono";
import type { InfrastructureInput } from "@/lib/definitions/infrastructure-schemas";
import type { JsonObject } from "@/lib/definitions/types";

/** An infrastructure configuration: where builds run, and what happens around them. */
export function InfrastructureView({ target, name }: { target: string; name: string }) {
  return (
    <ConfigurationView target={target} kind="infrastructure-configuration" name={name} list="Infrastructure">
      {({ content }) => <InfrastructureFacts content={content} />}
    </ConfigurationView>
  );
}

const ids = (values: string[] | undefined) =>
  values?.length ? (
    <span className="flex flex-wrap gap-x-3">
      {values.map((value) => (
        <Mono key={value}>{value}</Mono>
      ))}
    </span>
  ) : undefined;

function InfrastructureFacts({ content }: { content: JsonObject }) {
  // AWS's answer in the shape of its request; what it lacks is left out of the facts.
  const infrastructure = content as Partial<InfrastructureInput>;
  const { logging, instanceMetadataOptions: metadata, placement, resourceTags = {} } = infrastructure;
  const bucket = logging?.s3Logs?.s3BucketName;
  return (
    <>
      <Card title="Build instance">
        <FactList
          facts={[
            { label: "Instance profile", value: infrastructure.instanceProfileName },
            {
              label: "Instance types",
              value: ids(infrastructure.instanceTypes) ?? "chosen by Image Builder for each build",
            },
            { label: "Key pair", value: infrastructure.keyPair },
            {
              label: "On failure",
              value:
                infrastructure.terminateInstanceOnFailure === false
                  ? "the instance keeps running (and billing) until you terminate it"
                  : "the instance is terminated",
            },
            {
              label: "Instance tags",
              value: Object.entries(resourceTags)
                .map(([key, value]) => `${key} = ${value}`)
                .join(", "),
            },
          ]}
        />
      </Card>
      <Card title="Network and placement">
        <FactList
          facts={[
            {
              label: "Subnet",
              value: ids([infrastructure.subnetId ?? ""].filter(Boolean)) ?? "in the default VPC",
            },
            { label: "Security groups", value: ids(infrastructure.securityGroupIds) },
            { label: "Availability Zone", value: placement?.availabilityZone },
            { label: "Tenancy", value: placement?.tenancy },
            {
              label: "Host",
              value: ids([placement?.hostId ?? placement?.hostResourceGroupArn ?? ""].filter(Boolean)),
            },
            { label: "Metadata tokens", value: metadata?.httpTokens ?? "AMI default" },
            { label: "Metadata hop limit", value: metadata?.httpPutResponseHopLimit },
          ]}
        />
      </Card>
      <Card title="Logs and notifications">
        <FactList
          facts={[
            {
              label: "Logs to S3",
              value: bucket ? (
                <Mono>{`s3://${bucket}/${logging?.s3Logs?.s3KeyPrefix ?? ""}`}</Mono>
              ) : (
                "no, CloudWatch Logs only"
              ),
            },
            {
              label: "SNS topic",
              value: infrastructure.snsTopicArn ? <Mono copy>{infrastructure.snsTopicArn}</Mono> : "none",
            },
          ]}
        />
      </Card>
    </>
  );
}
