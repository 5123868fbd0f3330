import type { ReactNode } from "react";
import { Input, Select } from "@/components/ui/inputs";
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
  onChange: (filter: AuditFilter) => void;
}) {
  const fieldOf = (name: keyof AuditFilter) => ({
    value: filter[name] ?? "",
    onChange: ({ target }: { target: { value: string } }) => onChange({ ...filter, [name]: target.value }),
    look: "bar" as const,
    isSunken: true,
    layout: "w-full min-w-0",
  });
  // What the address names is shown, also before the list of actions is there.
  const offered = filter.action && !actions.includes(filter.action) ? [filter.action, ...actions] : actions;
  return (
    <search className="grid grid-cols-2 items-end gap-x-3 gap-y-2 border-line sm:flex sm:flex-wrap border-b px-3.5 py-2.5">
      <Labelled label="User">
        <Input type="search" maxLength={300} placeholder="Name or ID" {...fieldOf("who")} />
      </Labelled>
      <Labelled label="Action">
        <Select {...fieldOf("action")}>
          <option value="">all</option>
          {offered.map((action) => (
            <option key={action}>{action}</option>
          ))}
        </Select>
      </Labelled>
      <Labelled label="Result">
        <Select {...fieldOf("result")}>
          <option value="">all</option>
          {AUDIT_RESULTS.map((result) => (
            <option key={result}>{result}</option>
          ))}
        </Select>
      </Labelled>
      <Labelled label="Resource">
        <Input type="search" maxLength={300} placeholder="Part of a name or ARN" {...fieldOf("resource")} />
      </Labelled>
      <Labelled label="From (UTC)">
        <Input type="date" max={filter.to} {...fieldOf("from")} />
      </Labelled>
      <Labelled label="To (UTC)">
        <Input type="date" min={filter.from} {...fieldOf("to")} />
      </Labelled>
      {mayReadConsole && (
        <Labelled label="Scope">
          <Select {...fieldOf("scope")}>
            <option value="">this account</option>
            <option value="console">all accounts</option>
          </Select>
        </Labelled>
      )}
    </search>
  );
}

function Labelled({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child
    <label className="grid gap-0.5 text-ink-3 text-xs">
      {label}
      {children}
    </label>
  );
}
