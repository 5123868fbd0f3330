import { DAY_MS } from "@/lib/core/time";
import { isInFlight } from "@/lib/image-builder/image-builds/build-status";
import type { ImageBuildSummary } from "@/lib/image-builder/image-builds/types";
import type { DayCell } from "./types";

/** One cell a day in UTC, the newest last. What runs outranks what ended; a cancelled build leaves no mark. */
export function dayCells(
  builds: Pick<ImageBuildSummary, "createdAt" | "status">[],
  { nowMs, days }: { nowMs: number; days: number },
): DayCell[] {
  const today = Math.floor(nowMs / DAY_MS);
  const statuses = Array.from({ length: days }, () => [] as string[]);
  for (const { createdAt, status } of builds) {
    statuses[days - 1 - (today - Math.floor(Date.parse(createdAt) / DAY_MS))]?.push(status);
  }
  return statuses.map(cellOf);
}

function cellOf(statuses: string[]): DayCell {
  if (statuses.some(isInFlight)) return "running";
  const bad = statuses.includes("FAILED");
  const good = statuses.some((status) => status !== "FAILED" && status !== "CANCELLED");
  if (bad && good) return "mixed";
  if (bad) return "bad";
  return good ? "good" : "none";
}
