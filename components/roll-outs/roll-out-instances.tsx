import { Card } from "@/components/ui/card";
import type { LiveInstance, RollOutView } from "@/lib/fleet/roll-outs/types";

const MOST_SHOWN = 200;

/** The group's instances, those of the new version first, each with Auto Scaling's word for its state. */
export function RollOutInstances({ rollOut: { group, instances, before, after } }: { rollOut: RollOutView }) {
  const sides: [LiveInstance["side"], string][] = [
    ["new", `New, version ${after.version}`],
    ["old", before.version === after.version ? "From before" : "Other versions"],
  ];
  return (
    <Card title={group} note="instances, live">
      {instances.length === 0 && <p className="m-0 text-ink-2">No instances to show.</p>}
      <div className="grid gap-3">
        {sides.map(([side, title]) => {
          const those = instances.filter((one) => one.side === side);
          if (those.length === 0) return null;
          return (
            <div key={side} className="grid gap-1.5">
              <h3 className="m-0 font-[550] text-[13px]">
                {title} <span className="font-normal text-ink-2">{those.length}</span>
              </h3>
              <ul
                aria-label={title}
                className="m-0 grid list-none grid-cols-[repeat(auto-fill,minmax(210px,1fr))] gap-1.5 p-0"
              >
                {those.slice(0, MOST_SHOWN).map((one) => (
                  <InstanceChip key={one.id} instance={one} />
                ))}
              </ul>
              {those.length > MOST_SHOWN && (
                <p className="m-0 text-ink-2 text-xs">and {those.length - MOST_SHOWN} more</p>
              )}
            </div>
          );
        })}
      </div>
    </Card>
  );
}

function InstanceChip({
  instance: { id, zone, state, side, version, isProtected },
}: {
  instance: LiveInstance;
}) {
  const isReady = state === "InService";
  const look =
    side === "new"
      ? isReady
        ? "bg-ok-soft"
        : "bg-run-soft"
      : isReady
        ? "border-line-strong border-dashed bg-surface"
        : "bg-mute-soft";
  return (
    <li className={`grid gap-px rounded border border-transparent px-2 py-1 ${look}`}>
      <span className="flex justify-between gap-2">
        <span className="font-mono text-ink text-xs">{id}</span>
        <span aria-hidden="true" className="text-ink-2 text-xs">
          {side === "new" ? (isReady ? "✓" : "~") : isReady ? "○" : "–"}
        </span>
      </span>
      <span className="text-ink-2 text-xs">
        {state}, {zone}
        {version && `, version ${version}`}
        {isProtected && ", protected"}
      </span>
    </li>
  );
}
