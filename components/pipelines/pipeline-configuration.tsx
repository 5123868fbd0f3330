import Link from "next/link";
import type { ReactNode } from "react";
import { Card } from "@/components/ui/card";
import { FactList } from "@/components/ui/fact-list";
import { Mono } from "@/components/ui/mono";
import { exactVersion } from "@/lib/core/arn";
import type { ResourceKind } from "@/lib/core/resource-names";
import { urls } from "@/lib/core/urls";
import type { Pipeline } from "@/lib/image-builder/pipelines/types";

const list = (items: string[]): ReactNode =>
  items.length === 0 ? undefined : (
    <ul className="m-0 list-none p-0">
      {items.map((item) => (
        <li key={item}>
          <Mono>{item}</Mono>
        </li>
      ))}
    </ul>
  );

/** A part that AWS did not show, with its reason in place of the facts. */
function Part({
  title,
  pipeline,
  part,
  children,
}: {
  title: string;
  pipeline: Pipeline;
  part: Pipeline["hidden"][number]["part"];
  children: ReactNode;
}) {
  const hidden = pipeline.hidden.find((one) => one.part === part);
  return <Card title={title}>{hidden ? <p className="m-0 text-ink-2">{hidden.reason}</p> : children}</Card>;
}

/** A part leads to its own page. */
function PartLink({
  target,
  kind,
  name,
  version,
}: {
  target: string;
  kind: ResourceKind;
  name: string;
  version?: string;
}) {
  return (
    <Link
      href={urls.resource(target, { kind, name, version: exactVersion(version) })}
      prefetch={false}
      className="no-underline hover:underline"
    >
      {name} {version && <Mono>{version}</Mono>}
    </Link>
  );
}

/** What a pipeline builds, where, and where the result goes. */
export function PipelineConfiguration({ target, pipeline }: { target: string; pipeline: Pipeline }) {
  const { recipe, recipeDetail, infrastructure, distribution } = pipeline;
  return (
    <div className="grid content-start gap-4">
      <Part title="Recipe" pipeline={pipeline} part="recipe">
        <FactList
          facts={[
            {
              label: recipe.kind === "image-recipe" ? "Image recipe" : "Container recipe",
              value: <PartLink target={target} {...recipe} />,
            },
            { label: "Base image", value: recipeDetail && <Mono copy>{recipeDetail.parentImage}</Mono> },
            {
              label: "Components",
              value: recipeDetail && recipeDetail.components.length > 0 && (
                <ol className="m-0 list-inside list-decimal p-0 marker:text-ink-3">
                  {recipeDetail.components.map(({ arn, name, version }) => (
                    <li key={arn}>
                      {name} <span className="font-mono text-ink-2 text-xs">{version}</span>
                    </li>
                  ))}
                </ol>
              ),
            },
            {
              label: "Volumes",
              value:
                recipeDetail &&
                list(
                  recipeDetail.volumes.map(({ deviceName, sizeGiB, volumeType, encrypted }) =>
                    [deviceName, sizeGiB && `${sizeGiB} GiB`, volumeType, encrypted && "encrypted"]
                      .filter(Boolean)
                      .join(" "),
                  ),
                ),
            },
            { label: "Working directory", value: recipeDetail?.workingDirectory },
          ]}
        />
      </Part>
      <Part title="Infrastructure" pipeline={pipeline} part="infrastructure">
        {infrastructure && (
          <FactList
            facts={[
              {
                label: "Name",
                value: (
                  <PartLink target={target} kind="infrastructure-configuration" name={infrastructure.name} />
                ),
              },
              { label: "Instance profile", value: infrastructure.instanceProfileName },
              {
                label: "Instance types",
                value: infrastructure.instanceTypes.join(", ") || "chosen by Image Builder for each build",
              },
              { label: "Subnet", value: infrastructure.subnetId ?? "default VPC" },
              { label: "Security groups", value: infrastructure.securityGroupIds.join(", ") },
              {
                label: "On failure",
                value:
                  infrastructure.terminateInstanceOnFailure === false
                    ? "the instance keeps running (and billing) until you terminate it"
                    : "the instance is terminated",
              },
              { label: "Notifies", value: infrastructure.snsTopicArn },
              { label: "Key pair", value: infrastructure.keyPair },
              { label: "Logs to S3", value: infrastructure.logsBucket },
            ]}
          />
        )}
      </Part>
      <Part title="Distribution" pipeline={pipeline} part="distribution">
        {distribution ? (
          <FactList
            facts={[
              {
                label: "Name",
                value: (
                  <PartLink target={target} kind="distribution-configuration" name={distribution.name} />
                ),
              },
              ...distribution.regions.map((region) => ({
                label: region.region,
                value: [
                  region.amiName ?? region.repository ?? "AWS default name",
                  region.accountIds.length > 0 && `accounts ${region.accountIds.join(", ")}`,
                  region.launchTemplateIds.length > 0 &&
                    `launch templates ${region.launchTemplateIds.join(", ")}`,
                ]
                  .filter(Boolean)
                  .join("; "),
              })),
            ]}
          />
        ) : (
          <p className="m-0 text-ink-2">
            No distribution configuration: the AMI stays in this account and Region.
          </p>
        )}
      </Part>
      <Card title="Settings">
        <FactList
          facts={[
            { label: "ARN", value: <Mono copy>{pipeline.arn}</Mono> },
            { label: "Tests", value: pipeline.imageTests.enabled ? "run after the build" : "not run" },
            {
              label: "Package inventory",
              value: pipeline.enhancedImageMetadata ? "collected" : "not collected",
            },
            { label: "Security scan", value: pipeline.imageScanningEnabled ? "on" : "off" },
            {
              label: "Execution role",
              value: pipeline.executionRole && <Mono>{pipeline.executionRole}</Mono>,
            },
            { label: "Workflows", value: list(pipeline.workflowArns) },
          ]}
        />
      </Card>
    </div>
  );
}
