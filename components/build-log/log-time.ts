export const LOG_TIME_STYLES = ["none", "relative", "UTC", "local"] as const;
export type LogTimeStyle = (typeof LOG_TIME_STYLES)[number];
/** `unknown`: room is left for it. */
export type ShownLogTime = LogTimeStyle | "unknown";

const two = (value: number) => String(value).padStart(2, "0");

/** The time of a line: since the first one, or of the day in UTC or the reader's zone. `at` in epoch milliseconds. */
export function describeLogTime(at: number, style: ShownLogTime, startedAt: number | undefined): string {
  if (at === 0 || style === "none") return "";
  if (style === "unknown") return " ".repeat(8);
  if (style === "relative") {
    const seconds = Math.max(0, Math.floor((at - (startedAt ?? at)) / 1000));
    return `+${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  }
  if (style === "UTC") return new Date(at).toISOString().slice(11, 19);
  const date = new Date(at);
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}
