"use client";
import dynamic from "next/dynamic";
import { useId } from "react";
import { useWatch } from "react-hook-form";
import { ChoiceField, ChoiceListField } from "@/components/form/choice-field";
import { FormGroup } from "@/components/form/form-group";
import { TagFields } from "@/components/form/tag-fields";
import { TextField } from "@/components/form/text-field";
import { TextListField } from "@/components/form/text-list-field";
import { Button } from "@/components/ui/button";
import { AmiNameField } from "./ami-name-field";
import { PublicField } from "./public-field";

/** What few distributions have is loaded when its group is opened. */
const extra = (name: "LaunchTemplateFields" | "ParameterFields" | "ExportFields" | "FastLaunchFields") =>
  dynamic(() => import("./region-extras").then((fields) => fields[name]));
const EXTRAS = [
  {
    title: "Launch templates",
    member: "launchTemplateConfigurations",
    Fields: extra("LaunchTemplateFields"),
  },
  {
    title: "Systems Manager parameters",
    member: "ssmParameterConfigurations",
    Fields: extra("ParameterFields"),
  },
  { title: "Export to S3", member: "s3ExportConfiguration", Fields: extra("ExportFields") },
  { title: "Fast Launch (Windows)", member: "fastLaunchConfigurations", Fields: extra("FastLaunchFields") },
];
const ContainerFields = dynamic(() =>
  import("./container-fields").then(({ ContainerFields: fields }) => fields),
);

/** What happens to the image in one Region. The first Region is the one that builds run in. */
export function RegionFields({
  target,
  at,
  position,
  output,
  onRemove,
}: {
  target: string;
  at: string;
  position: number;
  output?: "AMI" | "DOCKER";
  onRemove: () => void;
}) {
  const id = useId();
  const region: unknown = useWatch({ name: `${at}region` });
  const inRegion = typeof region === "string" && region !== "" ? region : undefined;
  const ami = `${at}amiDistributionConfiguration.`;
  const title = inRegion ?? `Region ${position + 1}`;
  return (
    <section aria-labelledby={id} className="border-line-strong border-t">
      <header className="flex items-center gap-2 px-3.5 pt-4">
        <h3 id={id} className="m-0 font-semibold text-[13.5px]">
          {title}
        </h3>
        <span className="flex-1" />
        <Button variant="quiet" aria-label={`Remove ${title}`} onClick={onRemove}>
          Remove
        </Button>
      </header>
      <div className="grid gap-x-4 gap-y-3.5 px-3.5 pt-2 pb-4 sm:grid-cols-2">
        <ChoiceField
          target={target}
          kind="regions"
          name={`${at}region`}
          label="Region"
          isRequired
          placeholder="eu-central-1"
          hint="Each Region once."
        />
        {output !== "DOCKER" && (
          <>
            <AmiNameField name={`${ami}name`} />
            <ChoiceField
              target={target}
              kind="kms-keys"
              region={inRegion}
              name={`${ami}kmsKeyId`}
              label="KMS key for copies"
              hint="Must be in this Region. Sharing requires a customer managed key."
            />
            <TextField name={`${ami}description`} label="AMI description" />
          </>
        )}
      </div>
      {output !== "DOCKER" && (
        <>
          <FormGroup
            title="Accounts and sharing"
            paths={[`${ami}targetAccountIds`, `${ami}launchPermission`, `${ami}amiTags`]}
          >
            <ChoiceListField
              target={target}
              kind="accounts"
              name={`${ami}targetAccountIds`}
              label="Copy to accounts"
              addLabel="Add an account"
              placeholder="111111111111"
              hint="Each account needs EC2ImageBuilderDistributionCrossAccountRole with trust for this account."
            />
            <ChoiceListField
              target={target}
              kind="accounts"
              name={`${ami}launchPermission.userIds`}
              label="Share with accounts"
              addLabel="Add an account"
              placeholder="111111111111"
            />
            <ChoiceListField
              target={target}
              kind="organizations"
              name={`${ami}launchPermission.organizationArns`}
              label="Share with organizations"
              addLabel="Add an organization"
            />
            <ChoiceListField
              target={target}
              kind="organizational-units"
              name={`${ami}launchPermission.organizationalUnitArns`}
              label="Share with organizational units"
              addLabel="Add an organizational unit"
            />
            <PublicField name={`${ami}launchPermission.userGroups`} />
            <TagFields
              name={`${ami}amiTags`}
              label="AMI tags"
              hint="Applied to copies. Other accounts don't see tags on shared AMIs."
            />
          </FormGroup>
          {EXTRAS.map(({ title: extraTitle, member, Fields }) => (
            <FormGroup key={member} title={extraTitle} paths={[`${at}${member}`]}>
              <Fields target={target} at={at} region={inRegion} />
            </FormGroup>
          ))}
          <FormGroup title="License configurations" paths={[`${at}licenseConfigurationArns`]}>
            <div className="sm:col-span-2">
              <TextListField
                name={`${at}licenseConfigurationArns`}
                label="License configurations"
                addLabel="Add a license configuration"
                placeholder="arn:aws:license-manager:…:license-configuration:lic-…"
              />
            </div>
          </FormGroup>
        </>
      )}
      {output === "DOCKER" && (
        <div className="grid gap-x-4 gap-y-3.5 px-3.5 pb-4 sm:grid-cols-2">
          <ContainerFields target={target} at={at} region={inRegion} isRequired />
        </div>
      )}
      {output === undefined && (
        <FormGroup title="Container image" paths={[`${at}containerDistributionConfiguration`]}>
          <ContainerFields target={target} at={at} region={inRegion} isRequired={false} />
        </FormGroup>
      )}
    </section>
  );
}
