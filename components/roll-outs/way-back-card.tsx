"use client";
import { useId } from "react";
import { Card } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/inputs";
import { DAY_MS } from "@/lib/core/time";
import type { RollOutChoice, RollOutPreview } from "@/lib/fleet/roll-outs/types";
import type { WayBack } from "@/lib/fleet/roll-outs/way-back";

/** Whether AWS can roll back and why not, what makes it possible, and who else decides on the group. */
export function WayBackCard({
  preview: { template, owner, maxInstanceLifetime, current },
  wayBack,
  choice,
  pin,
  onPin,
}: {
  preview: RollOutPreview;
  wayBack: WayBack;
  choice: RollOutChoice;
  pin: boolean;
  onPin: (pin: boolean) => void;
}) {
  const id = useId();
  const moves = template?.follows.startsWith("$") ?? false;
  const changesVersion = !("version" in choice) || choice.version !== current;
  return (
    <Card title="Way back" note={oldAmiText(wayBack)}>
      <div className="grid gap-2">
        <p className="m-0">
          {wayBack.isPossible ? (
            <span className="font-[550] text-ok">✓ Roll-back possible</span>
          ) : (
            <span className="font-[550] text-fail">× No roll-back</span>
          )}{" "}
          {wayBack.why}
        </p>
        {wayBack.pinTo !== undefined && (
          <div className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2">
            <Checkbox
              id={id}
              isAtTop
              checked={pin}
              aria-describedby={`${id}-said`}
              onChange={({ target }) => onPin(target.checked)}
            />
            <label htmlFor={id}>Set the group to version {wayBack.pinTo} first</label>
            <p id={`${id}-said`} className="col-start-2 m-0 text-ink-2 text-xs">
              Until the roll-out succeeds, new instances start from version {wayBack.pinTo}.{" "}
              {moves && "Afterwards distribution no longer reaches the group by itself: roll out here."}
            </p>
          </div>
        )}
        {moves && changesVersion && !(pin && wayBack.pinTo !== undefined) && (
          <p className="m-0 text-ink-2">
            When it succeeds, the group is set to the number and no longer follows {template?.follows}.
          </p>
        )}
        <p className="m-0 text-ink-2">
          After success, <i>Return to the version before</i> starts another roll-out. Neither undoes what new
          instances wrote to databases, queues, or shared volumes.
        </p>
        {owner && (
          <p className="m-0 text-wait">
            <span aria-hidden="true">! </span>
            {owner} owns this group by its tags. Its next run may undo this: change the version there too.
          </p>
        )}
        {maxInstanceLifetime !== undefined && (
          <p className="m-0 text-ink-2">
            AWS replaces instances of this group after {Math.round((maxInstanceLifetime * 1000) / DAY_MS)}{" "}
            days anyway, with the version that is then set.
          </p>
        )}
      </div>
    </Card>
  );
}

function oldAmiText({ to, ami }: WayBack): string | undefined {
  if (to === undefined) return undefined;
  if (ami === "available") return `the AMI of version ${to} can still be launched`;
  if (ami === "not known") return `whether the AMI of version ${to} can be launched is not known`;
  return `the AMI of version ${to} can't be launched`;
}
