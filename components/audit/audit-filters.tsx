import type { ComponentProps, ReactNode } from "react";
import { Input, Select } from "@/components/ui/inputs";
import { useTypedText } from "@/components/ui/use-typed-text";
import { AUDIT_RESULTS, type AuditFilter } from "@/lib/audit-trail/types";

const LOOK = { look: "bar", isSunken: true, layout: "w-full min-w-0" } as const;

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
    ...LOOK,
    kept: filter[name] ?? "",
    onKeep: (text: string) => onChange({ [name]: text }),
  });
  const fieldOf = (name: keyof AuditFilter) => ({
    ...LOOK,
    value: filter[name] ?? "",
    onChange: ({ target }: { target: { value: string } }) => onChange({ [name]: target.value }),
  });
  // What the address names is shown, also before the list of actions is there.
  const offered = filter.action && !actions.includes(filter.action) ? [filter.action, ...actions] : actions;
  return (
    <search className="grid grid-cols-2 items-end gap-x-3 gap-y-2 border-line sm:flex sm:flex-wrap border-b px-3.5 py-2.5">
      <Labelled label="User">
        <TypedInput type="search" maxLength={300} placeholder="Name or ID" {...typedOf("who")} />
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
        <TypedInput
          type="search"
          maxLength={300}
          placeholder="Part of a name or ARN"
          {...typedOf("resource")}
        />
      </Labelled>
      <Labelled label="From (UTC)">
        <TypedInput type="date" max={filter.to} {...typedOf("from")} />
      </Labelled>
      <Labelled label="To (UTC)">
        <TypedInput type="date" min={filter.from} {...typedOf("to")} />
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

/** The address comes back later than the next key: what is typed stands at once. */
function TypedInput({
  kept,
  onKeep,
  ...rest
}: ComponentProps<typeof Input> & { kept: string; onKeep: (text: string) => void }) {
  const [text, setText] = useTypedText(kept, onKeep);
  return <Input {...rest} value={text} onChange={(event) => setText(event.target.value)} />;
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
