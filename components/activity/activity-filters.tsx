import { FILTER_LOOK, FilterBar, LabeledFilter, TypedInput } from "@/components/ui/filter-fields";
import { Select } from "@/components/ui/inputs";
import { ACTIVITY_KINDS, ACTIVITY_OUTCOMES, type ActivityFilter } from "@/lib/activity/types";
import { KIND_WORDS } from "./activity-words";

/** Each change is in the address at once; an empty field filters nothing. */
export function ActivityFilters({
  filter,
  onChange,
}: {
  filter: ActivityFilter;
  onChange: (change: ActivityFilter) => void;
}) {
  const typedOf = (name: keyof ActivityFilter) => ({
    ...FILTER_LOOK,
    type: "search",
    maxLength: 300,
    kept: filter[name] ?? "",
    onKeep: (text: string) => onChange({ [name]: text }),
  });
  const chosenOf = (name: keyof ActivityFilter) => ({
    ...FILTER_LOOK,
    value: filter[name] ?? "",
    onChange: ({ target }: { target: { value: string } }) => onChange({ [name]: target.value }),
  });
  return (
    <FilterBar>
      <LabeledFilter label="Kind">
        <Select {...chosenOf("kind")}>
          <option value="">all</option>
          {ACTIVITY_KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {KIND_WORDS[kind]}
            </option>
          ))}
        </Select>
      </LabeledFilter>
      <LabeledFilter label="User">
        <TypedInput placeholder="Name or ID" {...typedOf("who")} />
      </LabeledFilter>
      <LabeledFilter label="Outcome">
        <Select {...chosenOf("outcome")}>
          <option value="">all</option>
          {ACTIVITY_OUTCOMES.map((outcome) => (
            <option key={outcome}>{outcome}</option>
          ))}
        </Select>
      </LabeledFilter>
      <LabeledFilter label="Name">
        <TypedInput placeholder="Part of a name" {...typedOf("name")} />
      </LabeledFilter>
    </FilterBar>
  );
}
