import type { EventKind } from "./types";

/** What an ended build is to those who are told. `previous`: how the build before it ended, where one is known. */
export function kindsOf({
  result,
  previous,
  criticals,
}: {
  result: string;
  previous: string | undefined;
  criticals: number;
}): EventKind[] {
  if (result === "failed")
    return previous === "succeeded" ? ["build-failed", "first-failure"] : ["build-failed"];
  if (result !== "succeeded") return [];
  return [
    "build-succeeded",
    ...(previous === "failed" ? (["recovered"] as const) : []),
    ...(criticals > 0 ? (["critical-findings"] as const) : []),
  ];
}
