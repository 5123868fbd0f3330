import { Card } from "@/components/ui/card";
import { FactList } from "@/components/ui/fact-list";
import { Mono } from "@/components/ui/mono";
import { RelativeTime } from "@/components/ui/relative-time";
import type { Json, Resource } from "@/lib/definitions/types";

/** What is known of a version beside its document. */
export function DocumentFacts({ resource }: { resource: Resource }) {
  const { content, arn, buildArn, createdAt } = resource;
  return (
    <Card title="About this version">
      <FactList
        facts={[
          { label: "Change description", value: textOf(content.changeDescription) },
          { label: "Supported OS versions", value: listOf(content.supportedOsVersions) },
          { label: "Publisher", value: textOf(content.publisher) },
          { label: "Owner", value: textOf(content.owner) },
          { label: "KMS key", value: content.kmsKeyId && <Mono copy>{String(content.kmsKeyId)}</Mono> },
          { label: "Created", value: createdAt && <RelativeTime at={createdAt} /> },
          { label: "Version ARN", value: <Mono copy>{arn}</Mono> },
          { label: "Latest build", value: buildArn && <Mono copy>{buildArn}</Mono> },
        ]}
      />
    </Card>
  );
}

const textOf = (value: Json | undefined) => (typeof value === "string" ? value : undefined);
const listOf = (value: Json | undefined) =>
  Array.isArray(value) && value.length > 0 ? value.map(String).join(", ") : undefined;
