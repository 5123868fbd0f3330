"use client";
import { AllSettings } from "@/components/form/all-settings";
import { CheckboxField } from "@/components/form/checkbox-field";
import { ChoiceField, ChoiceListField } from "@/components/form/choice-field";
import { FormSection, Wide } from "@/components/form/form-section";
import { NumberField } from "@/components/form/number-field";
import { SelectField } from "@/components/form/select-field";
import { TagFields } from "@/components/form/tag-fields";
import { TextField } from "@/components/form/text-field";
import { NetworkFields } from "./network-fields";

/** The members that a short form folds away. */
const LATER = [
  ...["description", "keyPair", "subnetId", "securityGroupIds", "logging", "snsTopicArn", "tags"],
  ...["instanceMetadataOptions", "placement", "resourceTags", "terminateInstanceOnFailure"],
];

/**
 * The fields of an infrastructure configuration within a form. `at` is where it stands in the form's values,
 * ending with a dot; `isExisting` when its name and tags are not the form's to change.
 */
export function InfrastructureFields({
  target,
  at = "",
  isExisting = false,
  isShort = false,
}: {
  target: string;
  at?: string;
  isExisting?: boolean;
  /** Shows three fields, and the others when asked for. */
  isShort?: boolean;
}) {
  const description = <TextField name={`${at}description`} label="Description" />;
  const profile = (
    <ChoiceField
      target={target}
      kind="instance-profiles"
      name={`${at}instanceProfileName`}
      label="Instance profile"
      isRequired
      placeholder="EC2InstanceProfileForImageBuilder"
      hint="Its role needs EC2InstanceProfileForImageBuilder and AmazonSSMManagedInstanceCore."
    />
  );
  const types = (
    <ChoiceListField
      target={target}
      kind="instance-types"
      name={`${at}instanceTypes`}
      label="Instance types"
      addLabel="Add an instance type"
      placeholder="m7i.large"
      hint="Tried in order. If empty, Image Builder chooses."
    />
  );
  const keyPair = (
    <ChoiceField
      target={target}
      kind="key-pairs"
      name={`${at}keyPair`}
      label="Key pair"
      hint="For SSH/RDP access when the instance is kept."
    />
  );
  const terminates = (
    <CheckboxField
      name={`${at}terminateInstanceOnFailure`}
      label="Terminate the instance when a build fails"
      initial
      hint="If cleared, a failed build's instance keeps running (and billing) for troubleshooting."
    />
  );
  const more = (
    <>
      <NetworkFields target={target} at={at} />
      <FormSection title="Logs and notifications">
        <ChoiceField
          target={target}
          kind="buckets"
          name={`${at}logging.s3Logs.s3BucketName`}
          label="Logs to S3 bucket"
          hint="In addition to CloudWatch Logs. The instance profile needs write access."
        />
        <TextField name={`${at}logging.s3Logs.s3KeyPrefix`} label="Key prefix" placeholder="builds/" />
        <Wide>
          <ChoiceField
            target={target}
            kind="topics"
            name={`${at}snsTopicArn`}
            label="SNS topic"
            hint="Image Builder publishes when a build ends. Standard topics only."
          />
        </Wide>
      </FormSection>
      <FormSection title="Instance metadata and placement">
        <SelectField
          name={`${at}instanceMetadataOptions.httpTokens`}
          label="Metadata tokens"
          none="AMI default"
          options={[
            { value: "required", label: "Required (IMDSv2 only)" },
            { value: "optional", label: "Optional (IMDSv1 too)" },
          ]}
        />
        <NumberField
          name={`${at}instanceMetadataOptions.httpPutResponseHopLimit`}
          label="Hop limit"
          hint="1 to 64. Container builds with tokens required need at least 2."
        />
        <ChoiceField
          target={target}
          kind="availability-zones"
          name={`${at}placement.availabilityZone`}
          label="Availability Zone"
          hint="Set by the subnet."
        />
        <SelectField
          name={`${at}placement.tenancy`}
          label="Tenancy"
          none="Default"
          options={[
            { value: "default", label: "Default (shared hardware)" },
            { value: "dedicated", label: "Dedicated instance" },
            { value: "host", label: "Dedicated host" },
          ]}
        />
        <TextField name={`${at}placement.hostId`} label="Host" placeholder="h-0123456789abcdef0" isMono />
        <TextField
          name={`${at}placement.hostResourceGroupArn`}
          label="Host resource group"
          isMono
          hint="Use instead of a single host. macOS builds need a dedicated host."
        />
      </FormSection>
      <FormSection title="Tags">
        <Wide>
          <TagFields
            name={`${at}resourceTags`}
            label="Build instance tags"
            hint="At most 30. Image Builder sets CreatedBy, Ec2ImageBuilderArn, Name and Tags itself."
          />
          {!isExisting && <TagFields name={`${at}tags`} label="Tags for this configuration" />}
        </Wide>
      </FormSection>
    </>
  );
  return (
    <>
      <FormSection title={isShort ? "Build instance" : "Name and description"}>
        <TextField
          name={`${at}name`}
          label="Name"
          isRequired
          isReadOnly={isExisting}
          placeholder="web-builds"
        />
        {isShort ? profile : description}
        {isShort && types}
      </FormSection>
      {isShort ? (
        <AllSettings paths={LATER.map((member) => `${at}${member}`)}>
          <FormSection title="More about the build instance">
            {description}
            {keyPair}
            <Wide>{terminates}</Wide>
          </FormSection>
          {more}
        </AllSettings>
      ) : (
        <>
          <FormSection title="Build instance">
            {profile}
            {keyPair}
            <Wide>
              {types}
              {terminates}
            </Wide>
          </FormSection>
          {more}
        </>
      )}
    </>
  );
}
