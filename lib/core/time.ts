export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** "in 3 h", "22 min ago", "6 days ago". `now` in epoch milliseconds. */
export function describeRelative(at: string, now: number): string {
  const distance = Date.parse(at) - now;
  const size = Math.abs(distance);
  if (Number.isNaN(size)) return at;
  if (size < MINUTE_MS) return distance > 0 ? "in a moment" : "just now";
  const amount =
    size < HOUR_MS
      ? `${Math.round(size / MINUTE_MS)} min`
      : size < 2 * DAY_MS
        ? `${Math.round(size / HOUR_MS)} h`
        : `${Math.round(size / DAY_MS)} days`;
  return distance > 0 ? `in ${amount}` : `${amount} ago`;
}

/** "21 Nov 2026, 03:00:12 UTC": exact, in the given zone or the reader's own. */
export function describeInstant(at: string, timeZone?: string): string {
  const instant = new Date(at);
  if (Number.isNaN(instant.getTime())) return at;
  return new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    timeZoneName: "short",
    timeZone,
  }).format(instant);
}

/** "18 min 42 s", "2 h 5 min", "9 s". */
export function describeDuration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
  return minutes % 60 === 0
    ? `${Math.floor(minutes / 60)} h`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
