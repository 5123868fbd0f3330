import { FILTER_LOOK, FilterBar, LabeledFilter, TypedInput } from "@/components/ui/filter-fields";
import { Select } from "@/components/ui/inputs";
import { AUDIT_RESULTS, type AuditFilter } from "@/lib/audit-trail/types";

/** Each change is in the address at once; an empty field filters nothing. */
export function AuditFilters({
  filter,
  actions,
  mayReadConsole,
  onChange,
}: {
  filter: AuditFilter;
  /** Every action there is. */
  actions: string[];
  mayReadConsole: boolean;
  onChange: (change: AuditFilter) => void;
}) {
  const typedOf = (name: keyof AuditFilter) => ({
    ...FILTER_LOOK,
    kept: filter[name] ?? "",
    onKeep: (text: string) => onChange({ [name]: text }),
  });
  const fieldOf = (name: keyof AuditFilter) => ({
    ...FILTER_LOOK,
    value: filter[name] ?? "",
    onChange: ({ target }: { target: { value: string } }) => onChange({ [name]: target.value }),
  });
  // What the address names is shown, also before the list of actions is there.
  const offered = filter.action && !actions.includes(filter.action) ? [filter.action, ...actions] : actions;
  return (
    <FilterBar>
      <LabeledFilter label="User">
        <TypedInput type="search" maxLength={300} placeholder="Name or ID" {...typedOf("who")} />
      </LabeledFilter>
      <LabeledFilter label="Action">
        <Select {...fieldOf("action")}>
          <option value="">all</option>
          {offered.map((action) => (
            <option key={action}>{action}</option>
          ))}
        </Select>
      </LabeledFilter>
      <LabeledFilter label="Result">
        <Select {...fieldOf("result")}>
          <option value="">all</option>
          {AUDIT_RESULTS.map((result) => (
            <option key={result}>{result}</option>
          ))}
        </Select>
      </LabeledFilter>
      <LabeledFilter label="Resource">
        <TypedInput
          type="search"
          maxLength={300}
          placeholder="Part of a name or ARN"
          {...typedOf("resource")}
        />
      </LabeledFilter>
      <LabeledFilter label="From (UTC)">
        <TypedInput type="date" max={filter.to} {...typedOf("from")} />
      </LabeledFilter>
      <LabeledFilter label="To (UTC)">
        <TypedInput type="date" min={filter.from} {...typedOf("to")} />
      </LabeledFilter>
      {mayReadConsole && (
        <LabeledFilter label="Scope">
          <Select {...fieldOf("scope")}>
            <option value="">this account</option>
            <option value="console">all accounts</option>
          </Select>
        </LabeledFilter>
      )}
    </FilterBar>
  );
}
