export type BadgeTone = "run" | "ok" | "fail" | "wait" | "mute";

const TONES: Record<BadgeTone, { glyph: string; className: string }> = {
  run: { glyph: "~", className: "bg-run-soft text-run" },
  ok: { glyph: "✓", className: "bg-ok-soft text-ok" },
  fail: { glyph: "×", className: "bg-fail-soft text-fail" },
  wait: { glyph: "!", className: "bg-wait-soft text-wait" },
  mute: { glyph: "–", className: "bg-mute-soft text-mute" },
};

/** A state in a glyph, a color and a word: never color alone. */
export function StatusBadge({ tone, children }: { tone: BadgeTone; children: string }) {
  const { glyph, className } = TONES[tone];
  return (
    <span
      className={`inline-flex items-center gap-1.5 rounded-full py-px pr-2.5 pl-2 text-xs font-[550] whitespace-nowrap ${className}`}
    >
      <span aria-hidden="true" className="font-mono text-[11px] font-semibold">
        {glyph}
      </span>
      {children}
    </span>
  );
}
