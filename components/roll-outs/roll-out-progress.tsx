import { Card } from "@/components/ui/card";
import { RelativeTime } from "@/components/ui/relative-time";
import { counted } from "@/lib/core/words";
import type { RollOutView } from "@/lib/fleet/roll-outs/types";

const WIDTH = 1000;

/** How far it is, with its checkpoints, and AWS's reason for where it stands. */
export function RollOutProgress({ rollOut }: { rollOut: RollOutView }) {
  const { percentage, left, instances, preferences, reason, rollBack } = rollOut;
  const fresh = instances.filter(({ side }) => side === "new").length;
  const marks = preferences.checkpointPercentages.filter((share) => share < 100);
  return (
    <Card>
      <div className="grid gap-1.5">
        <p className="m-0">
          <b className="font-[620] text-lg">{percentage}%</b>{" "}
          <span className="text-ink-2">
            {counted(fresh, "instance")} of {instances.length} on the new version
            {left !== undefined && !rollOut.endedAt && `, ${left} left to replace`}
          </span>
        </p>
        <svg
          viewBox={`0 0 ${WIDTH} 10`}
          preserveAspectRatio="none"
          role="img"
          aria-label={`${percentage} percent${marks.length > 0 ? `, checkpoints at ${marks.join(" and ")} percent` : ""}`}
          className="h-2.5 w-full"
        >
          <rect width={WIDTH} height={10} rx={2} className="fill-mute-calm" />
          <rect
            width={(percentage / 100) * WIDTH}
            height={10}
            rx={2}
            className={rollBack || rollOut.status === "Failed" ? "fill-wait-calm" : "fill-ok-calm"}
          />
          {marks.map((share) => (
            <rect key={share} x={(share / 100) * WIDTH - 1} width={3} height={10} className="fill-(--ink)" />
          ))}
        </svg>
        {reason && <p className="m-0 text-ink-2 [overflow-wrap:anywhere]">AWS: {reason}</p>}
        {rollBack && (
          <p className="m-0 text-wait [overflow-wrap:anywhere]">
            <span aria-hidden="true">! </span>
            Roll-back {rollBack.at ? <RelativeTime at={rollBack.at} /> : "started"}
            {rollBack.reason && `: ${rollBack.reason}`}
          </p>
        )}
      </div>
    </Card>
  );
}
