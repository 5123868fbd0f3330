"use client";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useFormContext } from "react-hook-form";
import { ComboField } from "@/components/form/combo-field";
import { Radio } from "@/components/ui/inputs";
import type { ResourceKind } from "@/lib/core/resource-names";
import { KIND_FACTS } from "@/lib/definitions/resource-kinds";
import { resourcesQuery } from "@/lib/queries/resources";
import { useWizard } from "./wizard-context";

export type PartOption = { use: string; label: string };

/** How a step's part comes about: one that exists, one made in place, or none. What was typed for another way is kept while the page is open. */
export function PartChoice({
  step,
  options,
  onChoose,
}: {
  step: "recipe" | "infrastructure" | "distribution";
  options: PartOption[];
  onChoose: (use: string) => void;
}) {
  const { watch } = useFormContext();
  const use = watch(`${step}.use`);
  return (
    <fieldset className="m-0 mb-5 flex flex-wrap gap-x-5 gap-y-1 border-0 p-0">
      <legend className="sr-only">Which {step}</legend>
      {options.map((option) => (
        <label key={option.use} className="flex items-center gap-2">
          <Radio name={`${step}-use`} checked={use === option.use} onChange={() => onChoose(option.use)} />
          {option.label}
        </label>
      ))}
    </fieldset>
  );
}

/** One of the resources that exist, by name; its ARN can be typed too. */
export function ExistingPart({
  name,
  kinds,
  label,
  onPick,
}: {
  name: string;
  kinds: [ResourceKind, ...ResourceKind[]];
  label: string;
  onPick?: (arn: string) => void;
}) {
  const { target } = useWizard();
  const [first, second] = kinds;
  const lists = [
    useQuery(resourcesQuery(target, first)),
    useQuery({ ...resourcesQuery(target, second ?? first), enabled: second !== undefined }),
  ];
  const rows = (second ? lists : lists.slice(0, 1)).flatMap(({ data = [] }) => data);
  return (
    <ComboField
      name={name}
      label={label}
      isRequired
      choices={rows.map(({ arn, name: resource, version, description, kind }) => ({
        value: arn,
        label: `${resource}${version ? ` ${version}` : ""}`,
        detail: [kinds.length > 1 && KIND_FACTS[kind].one, description, arn].filter(Boolean).join(", "),
      }))}
      hint={rows.length === 0 ? "None in this account yet." : "Name or ARN."}
      onPick={onPick}
    />
  );
}

/** Part of a step that is made in place. `isSectioned`: its fields come in sections that reach the card's edges. */
export function NewPart({ isSectioned = false, children }: { isSectioned?: boolean; children: ReactNode }) {
  return <div className={isSectioned ? "-mx-3.5 border-line border-t" : "grid gap-5"}>{children}</div>;
}
