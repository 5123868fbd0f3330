"use client";
import { GripVertical } from "lucide-react";
import { Button as HandleButton } from "react-aria-components";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/inputs";
import { atVersion, isSameResource, ownerOf, parseImageBuilderArn } from "@/lib/core/arn";
import type { ResourceSummary } from "@/lib/definitions/types";
import { ownerInWords } from "./component-choices";

/** A component of a recipe: its handle, whose it is, its version, and the way out. */
export function ComponentRow({
  number,
  arn,
  known,
  own,
  onVersion,
  onRemove,
}: {
  /** Its place in the order they run, from 1. */
  number: number;
  arn: string;
  known: ResourceSummary[];
  /** Components of this account; undefined while they are read. */
  own: ResourceSummary[] | undefined;
  onVersion: (arn: string) => void;
  onRemove: () => void;
}) {
  const { name = arn } = parseImageBuilderArn(arn) ?? {};
  return (
    <div className="grid grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-2 gap-y-1 sm:grid-cols-[auto_minmax(0,1fr)_auto_auto]">
      {/* The row is what the mouse takes hold of: the handle lets its events through. */}
      <span className="cursor-grab">
        <HandleButton
          slot="drag"
          aria-label={`Move ${name}`}
          className="grid size-6 place-items-center rounded border-0 bg-transparent text-ink-3"
        >
          <GripVertical size={14} aria-hidden="true" />
        </HandleButton>
      </span>
      <span className="min-w-0 [overflow-wrap:anywhere]">
        <span className="mr-2 text-ink-3">{number}</span>
        {name} <span className="text-ink-3 text-xs">{ownerInRow(arn, summaryOf(known, arn), own)}</span>
      </span>
      <VersionChoice component={name} arn={arn} known={known} onChange={onVersion} />
      <Button variant="quiet" layout="px-1.5" onClick={onRemove} aria-label={`Remove ${name}`}>
        Remove
      </Button>
    </div>
  );
}

/** The newest, or one version for good. */
function VersionChoice({
  component,
  arn,
  known,
  onChange,
}: {
  component: string;
  arn: string;
  known: ResourceSummary[];
  onChange: (arn: string) => void;
}) {
  const { version = "" } = parseImageBuilderArn(arn) ?? {};
  const versions = known.filter((one) => isSameResource(one.arn, arn)).flatMap((one) => one.version ?? []);
  const options = [...new Set(["x.x.x", ...versions, version])].filter(Boolean);
  return (
    <Select
      aria-label={`Version of ${component}`}
      value={version}
      onChange={({ target: { value } }) => onChange(atVersion(arn, value))}
      look="bar"
      isMono
      layout="max-sm:col-start-2 max-sm:row-start-2 max-sm:justify-self-start"
    >
      {options.map((option) => (
        <option key={option} value={option}>
          {option === "x.x.x" ? `latest${versions[0] ? `, now ${versions[0]}` : ""}` : option}
        </option>
      ))}
    </Select>
  );
}

/** What a list says of the component with an ARN; of its newest version where no list has this one. */
export const summaryOf = (known: ResourceSummary[], arn: string) => {
  const { version } = parseImageBuilderArn(arn) ?? {};
  const all = known.filter((one) => isSameResource(one.arn, arn));
  return all.find((one) => one.version === version) ?? all[0];
};

/** Amazon's stand in the ARN, so that nothing is said of them that changes once the lists are there. */
const ownerInRow = (arn: string, summary: ResourceSummary | undefined, own?: ResourceSummary[]) => {
  if (ownerOf(arn) === "Amazon") return "Amazon";
  if (!own) return "";
  return summary ? ownerInWords(summary, own) : "new";
};
