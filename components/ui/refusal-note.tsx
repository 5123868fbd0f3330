"use client";
import type { Refusal } from "@/lib/core/failure";
import { RefusalText } from "./refusal-text";

/** Why something was refused, in a box that is read out when it comes. `layout`: its margins, where it has some. */
export function RefusalNote({ refusal, layout = "m-0" }: { refusal: Refusal; layout?: string }) {
  return (
    <p
      role="alert"
      className={`${layout} rounded bg-fail-soft px-2.5 py-1.5 text-fail [overflow-wrap:anywhere]`}
    >
      <RefusalText refusal={refusal} />
    </p>
  );
}
