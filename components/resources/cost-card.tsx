import { Card } from "@/components/ui/card";
import { FactList } from "@/components/ui/fact-list";
import { type CostLine, type CostParts, estimateCost, sayUsd } from "@/lib/authoring/cost/estimate-cost";

/** Estimated cost of a build and of a stored image, and how it is counted. */
export function CostCard({ parts }: { parts: CostParts }) {
  const { run, month, runUsd, monthUsd, assumptions } = estimateCost(parts);
  return (
    <Card title="Cost" note="estimate">
      <div className="grid gap-3">
        <p className="m-0">
          About <strong className="font-[620]">{sayUsd(runUsd)}</strong> per build and{" "}
          <strong className="font-[620]">{sayUsd(monthUsd)}</strong> per month for each stored image.
        </p>
        <FactList
          facts={[
            ...run.map(toFact),
            ...month.map((line) => toFact({ ...line, label: `${line.label}, per month` })),
          ]}
        />
        <ul className="m-0 list-none p-0 text-ink-3 text-xs">
          {assumptions.map((assumption) => (
            <li key={assumption}>{assumption}</li>
          ))}
        </ul>
      </div>
    </Card>
  );
}

const toFact = ({ label, usd, basis }: CostLine) => ({
  label,
  value: (
    <>
      {sayUsd(usd)} <span className="text-ink-3">{basis}</span>
    </>
  ),
});
