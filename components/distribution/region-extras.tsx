"use client";
import { CheckboxField } from "@/components/form/checkbox-field";
import { ChoiceField } from "@/components/form/choice-field";
import { NumberField } from "@/components/form/number-field";
import { RowsField } from "@/components/form/rows-field";
import { SelectField } from "@/components/form/select-field";
import { TextField } from "@/components/form/text-field";

type Place = { target: string; at: string; region?: string };

/** Launch templates that get a new version with the new AMI. */
export function LaunchTemplateFields({ target, at, region }: Place) {
  const name = `${at}launchTemplateConfigurations`;
  return (
    <div className="sm:col-span-2">
      <RowsField
        name={name}
        label="Launch templates"
        one="launch template"
        newRow={{ launchTemplateId: "" }}
        hint="Each gets a new version with the new AMI. Auto Scaling groups that use $Default or $Latest pick it up at the next launch."
      >
        {(path) => (
          <>
            <ChoiceField
              target={target}
              kind="launch-templates"
              region={region}
              name={`${path}.launchTemplateId`}
              label="Launch template"
              isRequired
              placeholder="lt-0123456789abcdef0"
              hint="Must be in this Region."
            />
            <ChoiceField
              target={target}
              kind="accounts"
              name={`${path}.accountId`}
              label="Account"
              hint="Owner, if not this account."
            />
            <CheckboxField
              name={`${path}.setDefaultVersion`}
              label="Make the new version the default"
              initial
            />
          </>
        )}
      </RowsField>
    </div>
  );
}

/** Systems Manager parameters that are set to the new AMI. */
export function ParameterFields({ target, at }: Place) {
  const name = `${at}ssmParameterConfigurations`;
  return (
    <div className="sm:col-span-2">
      <RowsField
        name={name}
        label="Systems Manager parameters"
        one="parameter"
        newRow={{ parameterName: "/imagebuilder/", dataType: "aws:ec2:image" }}
        hint="Set to the AMI ID. Without an execution role, Image Builder only writes under /imagebuilder/."
      >
        {(path) => (
          <>
            <TextField
              name={`${path}.parameterName`}
              label="Parameter"
              isRequired
              isMono
              placeholder="/imagebuilder/web-base/latest"
            />
            <SelectField
              name={`${path}.dataType`}
              label="Data type"
              none="AWS default"
              options={[
                { value: "aws:ec2:image", label: "aws:ec2:image (AWS checks that it is an AMI)" },
                { value: "text", label: "text" },
              ]}
            />
            <ChoiceField
              target={target}
              kind="accounts"
              name={`${path}.amiAccountId`}
              label="Account of the AMI"
              hint="One of the target accounts."
            />
          </>
        )}
      </RowsField>
    </div>
  );
}

/** A disk image of the AMI in S3. */
export function ExportFields({ target, at }: Place) {
  const name = `${at}s3ExportConfiguration`;
  return (
    <>
      <ChoiceField
        target={target}
        kind="buckets"
        name={`${name}.s3Bucket`}
        label="Export bucket"
        placeholder="disk-images"
      />
      <TextField name={`${name}.s3Prefix`} label="Export prefix" placeholder="web-base/" />
      <SelectField
        name={`${name}.diskImageFormat`}
        label="Disk image format"
        none="None"
        options={["VMDK", "RAW", "VHD"].map((format) => ({ value: format, label: format }))}
      />
      <TextField
        name={`${name}.roleName`}
        label="Export role"
        placeholder="vmimport"
        hint="Must trust vmie.amazonaws.com."
      />
    </>
  );
}

/** Windows AMIs that start from snapshots made beforehand. */
export function FastLaunchFields({ target, at, region }: Place) {
  const name = `${at}fastLaunchConfigurations`;
  return (
    <div className="sm:col-span-2">
      <RowsField
        name={name}
        label="Fast Launch"
        one="Fast Launch configuration"
        newRow={{ enabled: true }}
        hint="Snapshots are prepared in advance and billed. Turning this off doesn't turn it off for existing AMIs."
      >
        {(path) => (
          <>
            <CheckboxField name={`${path}.enabled`} label="Enabled" />
            <ChoiceField target={target} kind="accounts" name={`${path}.accountId`} label="Owner account" />
            <NumberField
              name={`${path}.snapshotConfiguration.targetResourceCount`}
              label="Prepared snapshots"
              hint="1 to 10,000."
            />
            <NumberField name={`${path}.maxParallelLaunches`} label="Parallel launches" hint="At least 6." />
            <ChoiceField
              target={target}
              kind="launch-templates"
              region={region}
              name={`${path}.launchTemplate.launchTemplateId`}
              label="Launch template"
              hint="ID, or use the name below."
            />
            <TextField
              name={`${path}.launchTemplate.launchTemplateVersion`}
              label="Template version"
              placeholder="$Latest"
            />
            <TextField name={`${path}.launchTemplate.launchTemplateName`} label="Launch template name" />
          </>
        )}
      </RowsField>
    </div>
  );
}
