export type SegmentState = "waiting" | "running" | "succeeded" | "failed" | "cancelled" | "skipped";

const FILL: Record<SegmentState, string> = {
  waiting: "bg-mute-soft",
  running: "bg-run segment-running",
  succeeded: "bg-ok-calm",
  failed: "bg-fail",
  cancelled: "bg-mute",
  skipped: "bg-mute-soft",
};

/** How far something in stages has come, as a thin bar. The words stand beside it. */
export function StageSegments({
  stages,
  label,
}: {
  stages: { name: string; state: SegmentState }[];
  /** For those who do not see it: "Build 2 of 5, running". */
  label: string;
}) {
  return (
    <div role="img" aria-label={label} className="grid auto-cols-fr grid-flow-col gap-0.5">
      {stages.map(({ name, state }) => (
        <i key={name} className={`h-1 rounded-sm ${FILL[state]}`} />
      ))}
    </div>
  );
}
