import { useId, useMemo } from "react";
import { Input, Select } from "@/components/ui/inputs";
import {
  isPending,
  type PlannedParameter,
  type PlannedStep,
  planDocument,
} from "@/lib/component-document/plan-document";
import type { ParameterValues } from "@/lib/component-document/types";

/** What the document will do with given parameter values: loops unrolled, references resolved. */
export function DocumentPlan({
  text,
  values,
  onValuesChange,
  onSelect,
}: {
  text: string;
  values: ParameterValues;
  onValuesChange: (values: ParameterValues) => void;
  onSelect: (offset: number) => void;
}) {
  const plan = useMemo(() => planDocument(text, values), [text, values]);
  return (
    <div className="grid gap-4 p-3">
      {plan.parameters.length > 0 && (
        <fieldset className="grid gap-2 border-0 p-0">
          <legend className="mb-1 font-semibold">Parameter values</legend>
          {plan.parameters.map((parameter) => (
            <ParameterField
              key={parameter.name}
              parameter={parameter}
              value={values[parameter.name]}
              onChange={(value) => onValuesChange(withValue(values, parameter.name, value))}
            />
          ))}
        </fieldset>
      )}
      {plan.phases.length === 0 && <p className="m-0 text-ink-2">No steps yet.</p>}
      {plan.phases.map((phase) => (
        <section key={phase.from} className="grid gap-2">
          <h4 className="m-0 font-semibold">
            {phase.name}{" "}
            <span className="font-normal text-ink-3">
              {phase.stage ? `${phase.stage} stage` : "never run by Image Builder"}
            </span>
          </h4>
          {phase.steps.map((step) => (
            <StepCard key={step.from} step={step} onSelect={onSelect} />
          ))}
        </section>
      ))}
    </div>
  );
}

function withValue(values: ParameterValues, name: string, value: string | null): ParameterValues {
  const { [name]: _old, ...others } = values;
  return value === null ? others : { ...others, [name]: value };
}

function ParameterField({
  parameter,
  value,
  onChange,
}: {
  parameter: PlannedParameter;
  value: string | undefined;
  onChange: (value: string | null) => void;
}) {
  const id = useId();
  const { name, description, allowedValues } = parameter;
  const shown = value ?? parameter.default ?? "";
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="font-mono text-[length:var(--small)]">
        {name}
      </label>
      {allowedValues ? (
        <Select id={id} isMono value={shown} onChange={(event) => onChange(event.target.value)}>
          {!allowedValues.includes(shown) && <option value="">Choose a value</option>}
          {allowedValues.map((allowed) => (
            <option key={allowed}>{allowed}</option>
          ))}
        </Select>
      ) : (
        <Input
          id={id}
          isMono
          value={shown}
          placeholder={parameter.default === null ? "no default; the recipe must set a value" : ""}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
      {description && <small className="text-[length:var(--small)] text-ink-3">{description}</small>}
    </div>
  );
}

function StepCard({ step, onSelect }: { step: PlannedStep; onSelect: (offset: number) => void }) {
  const hidden = step.turnCount === null ? 0 : step.turnCount - step.turns.length;
  return (
    <div className="overflow-hidden rounded-[var(--radius-s)] border border-line">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 bg-sunken px-2 py-1">
        <button
          type="button"
          onClick={() => onSelect(step.from)}
          className="text-left font-medium hover:underline focus-visible:outline-2 focus-visible:outline-accent"
        >
          {step.name}
        </button>
        <span className="font-mono text-[length:var(--small)] text-ink-3">{step.action}</span>
        {step.turnCount !== 1 && (
          <span className="text-[length:var(--small)] text-ink-2">
            {step.turnCount === null
              ? "iterations known at run time"
              : `${step.turnCount.toLocaleString("en")} iterations`}
          </span>
        )}
      </div>
      <div className="grid gap-2 p-2 text-[length:var(--small)]">
        {step.condition !== null && (
          <p className="m-0 text-ink-2">
            only if <PlanText text={step.condition} />
          </p>
        )}
        {step.onFailure !== "Abort" && <p className="m-0 text-ink-2">on failure: {step.onFailure}</p>}
        {step.turns.map((iteration) => (
          <div key={iteration.index} className="grid gap-1">
            {iteration.index !== null && (
              <p className="m-0 text-ink-3">
                iteration {iteration.index}: <PlanText text={iteration.value ?? ""} />
              </p>
            )}
            {iteration.inputs.map(({ path, text }) => (
              <div key={path} className="grid gap-0.5">
                <span className="font-mono text-ink-3">{path}</span>
                <PlanText text={text} isBlock />
              </div>
            ))}
          </div>
        ))}
        {hidden > 0 && <p className="m-0 text-ink-3">and {hidden.toLocaleString("en")} more iterations</p>}
      </div>
    </div>
  );
}

/** Planned text; what only a running step knows is marked, and says so. */
function PlanText({ text, isBlock = false }: { text: string; isBlock?: boolean }) {
  const parts = [...text.matchAll(/\{\{[^{}\n]*\}\}|(?:(?!\{\{[^{}\n]*\}\})[\s\S])+/g)];
  const content = parts.map(({ 0: part, index }) =>
    isPending(part) ? (
      <mark
        key={`at ${index}`}
        title="Not known yet: set by a running step or the recipe"
        className="rounded-sm bg-accent-soft text-accent"
      >
        {part}
      </mark>
    ) : (
      part
    ),
  );
  return isBlock ? (
    <pre className="m-0 max-h-48 overflow-auto whitespace-pre-wrap font-mono text-ink [overflow-wrap:anywhere]">
      {content}
    </pre>
  ) : (
    <span className="font-mono text-ink [overflow-wrap:anywhere]">{content}</span>
  );
}
