"use client";
import { useId, useState } from "react";
import { useWatch } from "react-hook-form";
import { ChoiceField, ChoiceListField, useChoices } from "@/components/form/choice-field";
import { FormSection, Wide } from "@/components/form/form-section";
import { Select } from "@/components/ui/inputs";

/** VPC, then its subnets, then its security groups. The VPC is no member of AWS's: the subnet says it. */
export function NetworkFields({ target, at }: { target: string; at: string }) {
  const id = useId();
  const vpcs = useChoices({ target, kind: "vpcs" }).choices;
  const subnets = useChoices({ target, kind: "subnets" }).choices;
  const groups = useChoices({ target, kind: "security-groups" }).choices;
  const subnetId: unknown = useWatch({ name: `${at}subnetId` });
  const groupIds: unknown = useWatch({ name: `${at}securityGroupIds` });
  const [chosen, setChosen] = useState<string>();

  const subnetVpc = subnets.find(({ value }) => value === subnetId)?.vpcId;
  const vpcId = subnetVpc ?? chosen ?? "";
  const within = ({ vpcId: vpc }: { vpcId?: string }) => vpcId === "" || vpc === vpcId;
  const strangers = groups.filter(
    ({ value, vpcId: vpc }) => Array.isArray(groupIds) && groupIds.includes(value) && vpcId && vpc !== vpcId,
  );
  return (
    <FormSection
      title="Network"
      note="Defaults to the default VPC. The subnet must reach Systems Manager through the internet or VPC endpoints."
    >
      <div className="grid content-start gap-1">
        <label htmlFor={id} className="font-[550]">
          VPC <span className="ml-1 font-normal text-ink-3">filter</span>
        </label>
        <Select
          id={id}
          value={vpcId}
          onChange={({ target: { value } }) => setChosen(value)}
          disabled={subnetVpc !== undefined}
        >
          <option value="">Any</option>
          {vpcs.map(({ value, label, detail }) => (
            <option key={value} value={value}>
              {label} ({detail})
            </option>
          ))}
        </Select>
        {subnetVpc && <p className="m-0 text-ink-3 text-xs">The VPC of the subnet.</p>}
      </div>
      <ChoiceField
        target={target}
        kind="subnets"
        only={within}
        name={`${at}subnetId`}
        label="Subnet"
        placeholder="subnet-0123456789abcdef0"
        hint="A subnet requires at least one security group."
      />
      <Wide>
        <ChoiceListField
          target={target}
          kind="security-groups"
          only={within}
          name={`${at}securityGroupIds`}
          label="Security groups"
          addLabel="Add a security group"
          placeholder="sg-0123456789abcdef0"
          hint="Only outbound HTTPS is required."
        />
        {strangers.length > 0 && (
          <p role="status" className="m-0 text-wait text-xs">
            {strangers.map(({ label }) => label).join(", ")}: in a different VPC than the subnet. AWS will
            reject it.
          </p>
        )}
      </Wide>
    </FormSection>
  );
}
