"use client";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useId, useState } from "react";
import { SuggestedInput } from "@/components/form/suggested-input";
import { Checkbox, Input, Select } from "@/components/ui/inputs";
import type { MoveDestination, MovePlaces, MoveSubnet } from "@/lib/fleet/moves/types";
import { choicesQuery } from "@/lib/queries/choices";

/** Where the new instance starts and with what. Without `onRegion` the Region stays. */
export function DestinationFields({
  target,
  home,
  places: { subnets = [], groups = [], keyPairs = [] },
  destination,
  wrong,
  onRegion,
  onType,
  onEdit,
}: {
  target: string;
  /** The Region of the instance that is moved. */
  home: string;
  places: MovePlaces;
  destination: MoveDestination;
  /** What the server refused, by field. */
  wrong: Record<string, string>;
  onRegion?: (region: string) => void;
  onType: (instanceType: string) => void;
  onEdit: (changed: Partial<MoveDestination>) => void;
}) {
  const regions = useQuery({ ...choicesQuery(target, "regions"), enabled: onRegion !== undefined }).data;
  const { region, subnetId, securityGroupIds, instanceType, keyName = "", keyId = "" } = destination;
  const vpcId = subnets.find(({ id }) => id === subnetId)?.vpcId;
  const offered = groups.filter((group) => group.vpcId === vpcId);
  const chooseSubnet = (id: string) => {
    const next = subnets.find((one) => one.id === id);
    if (next?.vpcId === vpcId) return onEdit({ subnetId: id });
    // Security groups are of one VPC: those of the same names stand in.
    const names = groups.filter((one) => securityGroupIds.includes(one.id)).map(({ name }) => name);
    const alike = groups.filter((one) => one.vpcId === next?.vpcId && names.includes(one.name));
    onEdit({ subnetId: id, securityGroupIds: alike.map((one) => one.id) });
  };
  return (
    <div className="grid gap-3">
      {onRegion && (
        <Labeled label="Region" wrong={wrong["destination.region"] ?? regions?.reason}>
          {(id) => (
            <Select id={id} value={region} onChange={({ target: { value } }) => onRegion(value)}>
              {[...new Set([home, ...(regions?.choices.map(({ value }) => value) ?? [])])].map((value) => (
                <option key={value}>{value}</option>
              ))}
            </Select>
          )}
        </Labeled>
      )}
      <Labeled label="Subnet" wrong={wrong["destination.subnetId"]}>
        {(id) => (
          <Select id={id} value={subnetId} onChange={({ target: { value } }) => chooseSubnet(value)}>
            {subnetId === "" && <option value="">Choose a subnet</option>}
            {subnets.map((subnet) => (
              <option key={subnet.id} value={subnet.id}>
                {subnetText(subnet)}
              </option>
            ))}
          </Select>
        )}
      </Labeled>
      <TypeField value={instanceType} wrong={wrong["destination.instanceType"]} onType={onType} />
      <fieldset className="m-0 grid gap-1 border-0 p-0">
        <legend className="mb-1 p-0 font-[550]">Security groups</legend>
        <div className="grid max-h-40 gap-1 overflow-auto">
          {offered.map(({ id, name }) => (
            <label key={id} className="flex items-start gap-2 [overflow-wrap:anywhere]">
              <Checkbox
                isAtTop
                checked={securityGroupIds.includes(id)}
                onChange={({ target: { checked } }) =>
                  onEdit({
                    securityGroupIds: checked
                      ? [...securityGroupIds, id]
                      : securityGroupIds.filter((one) => one !== id),
                  })
                }
              />
              <span>
                {name} <span className="font-mono text-ink-3 text-xs">{id}</span>
              </span>
            </label>
          ))}
          {offered.length === 0 && <span className="text-ink-2">Choose a subnet first.</span>}
        </div>
        <Wrong text={wrong["destination.securityGroupIds"]} />
      </fieldset>
      <Labeled label="Key pair" wrong={wrong["destination.keyName"]}>
        {(id) => (
          <Select
            id={id}
            value={keyName}
            onChange={({ target: { value } }) => onEdit({ keyName: value || undefined })}
          >
            <option value="">None</option>
            {keyPairs.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </Select>
        )}
      </Labeled>
      {region !== home && (
        <KeyField
          target={target}
          region={region}
          value={keyId}
          wrong={wrong["destination.keyId"]}
          onEdit={onEdit}
        />
      )}
    </div>
  );
}

const subnetText = ({ id, name, zone, offers }: MoveSubnet): string =>
  [zone, name ? `${name} (${id})` : id, ...(offers === false ? ["doesn’t offer this type"] : [])].join(", ");

/** Which zones offer a type is asked once it is typed. */
function TypeField({
  value,
  wrong,
  onType,
}: {
  value: string;
  wrong: string | undefined;
  onType: (instanceType: string) => void;
}) {
  const [typed, setTyped] = useState<string>();
  return (
    <Labeled label="Instance type" wrong={wrong}>
      {(id) => (
        <Input
          id={id}
          value={typed ?? value}
          spellCheck={false}
          onChange={({ target }) => setTyped(target.value)}
          onBlur={() => {
            if (typed !== undefined) onType(typed.trim());
            setTyped(undefined);
          }}
        />
      )}
    </Labeled>
  );
}

function KeyField({
  target,
  region,
  value,
  wrong,
  onEdit,
}: {
  target: string;
  region: string;
  value: string;
  wrong: string | undefined;
  onEdit: (changed: Partial<MoveDestination>) => void;
}) {
  const choices = useQuery(choicesQuery(target, "kms-keys", region)).data?.choices ?? [];
  return (
    <div className="grid gap-1">
      <span className="font-[550]">Key for the copy</span>
      <SuggestedInput
        label={`Key in ${region}`}
        placeholder="Key to encrypt with, optional"
        value={value}
        onChange={(text) => onEdit({ keyId: text.trim() || undefined })}
        choices={choices}
      />
      <Wrong text={wrong} />
    </div>
  );
}

function Labeled({
  label,
  wrong,
  children,
}: {
  label: string;
  wrong: string | undefined;
  children: (id: string) => ReactNode;
}) {
  const id = useId();
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="font-[550]">
        {label}
      </label>
      {children(id)}
      <Wrong text={wrong} />
    </div>
  );
}

const Wrong = ({ text }: { text: string | undefined }) =>
  text ? (
    <p role="alert" className="m-0 text-fail text-xs">
      {text}
    </p>
  ) : null;
