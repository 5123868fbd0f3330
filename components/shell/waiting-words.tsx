"use client";
import { useQuery } from "@tanstack/react-query";
import { unansweredQuery } from "@/lib/queries/unanswered";

/** Which service of AWS has not answered, for how long and at which try. */
export function WaitingWords({ target }: { target: string }) {
  const { data: call } = useQuery(unansweredQuery(target));
  return (
    <p className="m-0 rounded-full border border-line-strong bg-surface px-3.5 py-1.5 text-ink-2 shadow-[0_6px_24px_rgb(0_0_0/0.16)]">
      {call
        ? `${call.service} hasn't answered for ${call.seconds} s${call.attempt > 1 ? ` (try ${call.attempt})` : ""}.`
        : "Still loading."}
    </p>
  );
}
