/** What is drawn while data is on its way: as many lines as the data will have, roughly. */
export function Skeleton({ lines = 6, label }: { lines?: number; label: string }) {
  return (
    <div aria-busy="true" role="status" aria-label={label} className="grid gap-3 p-3.5">
      {Array.from({ length: lines }, (_, line) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: lines of a placeholder have no other identity
          key={line}
          className="h-4 animate-pulse rounded bg-mute-soft motion-reduce:animate-none"
        />
      ))}
    </div>
  );
}
