"use client";
import { ConfigurationView } from "@/components/resources/configuration-view";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { FactList } from "@/components/ui/fact-list";
import { Mono } from "@/components/ui/mono";
import type { DistributionInput, RegionDistributionInput } from "@/lib/definitions/distribution-schemas";

/** A distribution configuration: where the image goes, Region by Region. */
export function DistributionView({ target, name }: { target: string; name: string }) {
  return (
    <ConfigurationView target={target} kind="distribution-configuration" name={name} list="Distribution">
      {({ content }) => {
        // AWS's answer in the shape of its request; what it lacks is left out of the facts.
        const { distributions = [] } = content as Partial<DistributionInput>;
        return distributions.length > 0 ? (
          distributions.map((region, index) => (
            <RegionCard key={region.region} distribution={region} isFirst={index === 0} />
          ))
        ) : (
          <Card flush>
            <EmptyState title="No Regions">The image stays in its build Region.</EmptyState>
          </Card>
        );
      }}
    </ConfigurationView>
  );
}

function RegionCard({ distribution, isFirst }: { distribution: RegionDistributionInput; isFirst: boolean }) {
  const {
    region,
    amiDistributionConfiguration: ami,
    containerDistributionConfiguration: container,
    launchTemplateConfigurations: templates,
    ssmParameterConfigurations: parameters,
    fastLaunchConfigurations: fastLaunch,
    s3ExportConfiguration: disk,
    licenseConfigurationArns: licences,
  } = distribution;
  const permission = ami?.launchPermission;
  return (
    <Card title={region} note={isFirst ? "build Region" : undefined}>
      <FactList
        facts={[
          { label: "AMI name", value: ami && (ami.name ? <Mono>{ami.name}</Mono> : "AWS default") },
          { label: "Description", value: ami?.description },
          { label: "Copied to", value: lines(ami?.targetAccountIds) },
          { label: "Shared with accounts", value: lines(permission?.userIds) },
          { label: "Shared with organizations", value: lines(permission?.organizationArns) },
          { label: "Shared with organizational units", value: lines(permission?.organizationalUnitArns) },
          {
            label: "Public",
            value: permission?.userGroups?.includes("all") && (
              <span className="text-wait">yes, any AWS account can launch it</span>
            ),
          },
          { label: "KMS key", value: ami?.kmsKeyId && <Mono copy>{ami.kmsKeyId}</Mono> },
          {
            label: "AMI tags",
            value: Object.entries(ami?.amiTags ?? {})
              .map(([key, value]) => `${key} = ${value}`)
              .join(", "),
          },
          {
            label: "Launch templates",
            value: lines(
              templates?.map(
                ({ launchTemplateId, accountId, setDefaultVersion }) =>
                  `${launchTemplateId}${accountId ? ` of ${accountId}` : ""}${setDefaultVersion === false ? ", default unchanged" : ", new default"}`,
              ),
            ),
          },
          {
            label: "Parameters",
            value: lines(
              parameters?.map(
                ({ parameterName, amiAccountId }) =>
                  `${parameterName}${amiAccountId ? ` in ${amiAccountId}` : ""}`,
              ),
            ),
          },
          {
            label: "Fast Launch",
            value: lines(
              fastLaunch?.map(
                ({ enabled, accountId, snapshotConfiguration }) =>
                  `${enabled ? "on" : "not changed"}${accountId ? ` for ${accountId}` : ""}${snapshotConfiguration?.targetResourceCount ? `, ${snapshotConfiguration.targetResourceCount} snapshots` : ""}`,
              ),
            ),
          },
          {
            label: "Export to S3",
            value: disk && (
              <Mono>{`s3://${disk.s3Bucket}/${disk.s3Prefix ?? ""} as ${disk.diskImageFormat}`}</Mono>
            ),
          },
          { label: "Licenses", value: lines(licences) },
          {
            label: "ECR repository",
            value: container && <Mono>{container.targetRepository.repositoryName}</Mono>,
          },
          { label: "Container tags", value: container?.containerTags?.join(", ") },
        ]}
      />
    </Card>
  );
}

const lines = (values: string[] | undefined) =>
  values?.length ? (
    <ul className="m-0 list-none p-0">
      {values.map((value) => (
        <li key={value}>
          <Mono>{value}</Mono>
        </li>
      ))}
    </ul>
  ) : undefined;
