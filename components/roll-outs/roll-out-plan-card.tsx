import { Card } from "@/components/ui/card";
import { type Fact, FactList } from "@/components/ui/fact-list";
import { describeDuration } from "@/lib/core/time";
import { counted } from "@/lib/core/words";
import type { RollOutPlan } from "@/lib/fleet/roll-outs/plan-roll-out";

const KEPT: Record<RollOutPlan["kept"][number]["why"], string> = {
  matches: "already run this version",
  protected: "are protected from scale-in",
  standby: "are in standby",
};
const WAITED: Record<RollOutPlan["waitedFor"][number]["why"], string> = {
  protected: "protected from scale-in",
  standby: "in standby",
};
const MOST_SHOWN = 40;
const SECOND_MS = 1000;

/** What the roll-out would do, by AWS's rules, before anything is started. */
export function RollOutPlanCard({ plan, desired }: { plan: RollOutPlan; desired: number }) {
  const { replaced, batches, seconds, capacity, leftOver } = plan;
  const total = seconds.replacing + seconds.checkpoints + seconds.baking;
  const facts: Fact[] = [
    {
      label: "Replaced",
      value: (
        <>
          <b>{counted(replaced.length - leftOver, "instance")}</b>
          {leftOver > 0 && `; ${leftOver} more are left, since the last checkpoint is below 100%`}
        </>
      ),
    },
    { label: "Stay", value: keptText(plan) },
    {
      label: "Waited for",
      value:
        plan.waitedFor.length > 0 &&
        `${plan.waitedFor.length} ${[...new Set(plan.waitedFor.map(({ why }) => WAITED[why]))].join(" or ")}: AWS waits up to an hour, then the roll-out fails`,
    },
    { label: "Batches", value: batches.length > 0 && batchText(batches) },
    {
      label: "Time",
      value:
        total > 0 &&
        `about ${describeDuration(seconds.replacing * SECOND_MS)} of replacing${seconds.checkpoints > 0 ? `, ${describeDuration(seconds.checkpoints * SECOND_MS)} at checkpoints` : ""}${seconds.baking > 0 ? `, ${describeDuration(seconds.baking * SECOND_MS)} baking` : ""}`,
    },
    {
      label: "Capacity",
      value: `${counted(capacity.least, "instance")} in service at least, ${capacity.most} at most, of ${desired}`,
    },
  ];
  return (
    <Card title="What happens" note="an estimate: AWS decides the order">
      <FactList facts={facts.map((fact) => ({ ...fact, value: fact.value || undefined }))} />
      {capacity.least === 0 && desired > 0 && replaced.length > 0 && (
        <p className="mt-2 mb-0 rounded bg-wait-soft px-2.5 py-1.5 text-wait">
          <span aria-hidden="true">! </span>
          The group has no instance in service for a while. Set the minimum to 100 to start new ones first.
        </p>
      )}
      {replaced.length > 0 && (
        <details className="mt-2">
          <summary className="cursor-pointer text-ink-2">Instances</summary>
          <ul className="m-0 mt-1.5 flex list-none flex-wrap gap-1.5 p-0">
            {replaced.slice(0, MOST_SHOWN).map((id) => (
              <li key={id} className="rounded bg-sunken px-1.5 py-px font-mono text-ink-2 text-xs">
                {id}
              </li>
            ))}
            {replaced.length > MOST_SHOWN && (
              <li className="text-ink-2">and {replaced.length - MOST_SHOWN} more</li>
            )}
          </ul>
        </details>
      )}
    </Card>
  );
}

function keptText({ kept }: RollOutPlan): string {
  const counts = new Map<string, number>();
  for (const { why } of kept) counts.set(KEPT[why], (counts.get(KEPT[why]) ?? 0) + 1);
  return [...counts].map(([words, count]) => `${count} ${words}`).join(", ");
}

/** "5: 2, 2 (checkpoint 40%), 1". */
function batchText(batches: RollOutPlan["batches"]): string {
  const sizes = batches
    .slice(0, MOST_SHOWN)
    .map(({ size, checkpoint }) =>
      checkpoint === undefined ? String(size) : `${size} (checkpoint ${checkpoint}%)`,
    );
  return `${batches.length}: ${sizes.join(", ")}${batches.length > MOST_SHOWN ? " …" : ""}`;
}
