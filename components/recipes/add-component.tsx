"use client";
import { useState } from "react";
import { ComboInput } from "@/components/form/combo-field";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/inputs";
import { parseImageBuilderArn } from "@/lib/core/arn";
import type { ResourceSummary } from "@/lib/definitions/types";
import { componentChoices, componentFilters } from "./component-choices";

/** Found by any word of name, owner, platform or description, of one platform or owner; added at once when picked. */
export function AddComponent({
  known,
  own,
  onAdd,
}: {
  known: ResourceSummary[];
  own: ResourceSummary[];
  onAdd: (arn: string) => void;
}) {
  const [typed, setTyped] = useState("");
  const [filter, setFilter] = useState({ platform: "", owner: "" });
  const { platforms, owners } = componentFilters(known, own);
  const choices = componentChoices(known, own, filter);
  const [addedCount, setAddedCount] = useState(0);
  const add = (arn: string) => {
    onAdd(arn);
    setTyped("");
    setAddedCount(addedCount + 1);
  };
  const change = (value: string) =>
    choices.some((choice) => choice.value === value) ? add(value) : setTyped(value);
  const isArn = parseImageBuilderArn(typed)?.kind === "component";
  return (
    <div className="grid grid-cols-2 gap-2">
      <div className="col-span-2 flex min-w-0 gap-2">
        <div className="min-w-0 flex-1">
          <ComboInput
            // Emptied by drawing it anew: a box that is cleared while it has the focus opens its list again.
            key={addedCount}
            label="Add a component"
            value={typed}
            onChange={change}
            choices={choices}
            placeholder="Add a component: name, or an ARN"
          />
        </div>
        {isArn && <Button onClick={() => add(typed)}>Add</Button>}
      </div>
      <FilterSelect
        label="Component platform"
        all="All platforms"
        options={platforms}
        value={filter.platform}
        onChange={(platform) => setFilter({ ...filter, platform })}
      />
      <FilterSelect
        label="Component owner"
        all="All owners"
        options={owners}
        value={filter.owner}
        onChange={(owner) => setFilter({ ...filter, owner })}
      />
    </div>
  );
}

function FilterSelect({
  label,
  all,
  options,
  value,
  onChange,
}: {
  label: string;
  all: string;
  options: string[];
  value: string;
  onChange: (value: string) => void;
}) {
  return (
    <Select aria-label={label} value={value} onChange={({ target }) => onChange(target.value)}>
      <option value="">{all}</option>
      {options.map((option) => (
        <option key={option} value={option}>
          {option}
        </option>
      ))}
    </Select>
  );
}
