/** One figure, with what it was before or what it means. */
export function FigureTile({ label, value, note }: { label: string; value: string; note: string }) {
  return (
    <div className="rounded-lg border border-line bg-surface px-3.5 py-3 shadow-soft">
      <p className="m-0 text-ink-2 text-xs">{label}</p>
      <p className="m-0 font-[620] text-2xl leading-tight tracking-[-.02em]">{value}</p>
      <p className="m-0 text-ink-3 text-xs">{note}</p>
    </div>
  );
}
