import { counted } from "@/lib/core/words";
import type { Behind, Mixed } from "@/lib/fleet/groups/types";

const LOOKS = {
  behind: { glyph: "↓", className: "bg-wait-soft text-wait" },
  current: { glyph: "✓", className: "bg-ok-soft text-ok" },
  unknown: { glyph: "?", className: "bg-mute-soft text-ink-2" },
};

/** Whether what would start now is the newest image, by how many builds and days not, or why that is not known. */
export function BehindBadge({ behind }: { behind: Behind }) {
  const { glyph, className } = LOOKS[behind.state];
  const word =
    behind.state === "behind"
      ? counted(behind.builds, "build")
      : behind.state === "current"
        ? "Current"
        : "Can’t tell";
  return (
    <div className="grid justify-items-start gap-0.5">
      <span
        className={`inline-flex items-center gap-1.5 rounded-full py-px pr-2.5 pl-2 font-[550] text-xs whitespace-nowrap ${className}`}
      >
        <span aria-hidden="true" className="font-mono text-[11px] font-semibold">
          {glyph}
        </span>
        {word}
        {behind.state === "behind" && <span className="sr-only"> behind</span>}
      </span>
      {behind.state === "behind" && <span className="text-ink-2 text-xs">{counted(behind.days, "day")}</span>}
      {behind.state === "unknown" && <span className="text-ink-2 text-xs">{behind.reason}</span>}
    </div>
  );
}

/** Whether all instances run what would start now. */
export function MixedNote({ mixed, size }: { mixed: Mixed; size: number }) {
  if (mixed.state === "same" || size === 0) return null;
  if (mixed.state === "unknown")
    return (
      <span className="text-ink-2 text-xs">
        <span aria-hidden="true">? </span>
        Can’t tell if mixed
      </span>
    );
  return (
    <span className="font-[550] text-xs">
      <span aria-hidden="true">◫ </span>
      Mixed: {mixed.differing} of {size} differ
    </span>
  );
}
