"use client";
import { useIsFetching, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useNavigationUnderWay } from "@/components/ui/navigation-under-way";
import { unansweredQuery } from "@/lib/queries/unanswered";

const SAID_AFTER_MS = 3_000;

/** Says what a page waits for once it has waited for three seconds. It lies over the page, so that nothing moves. */
export function WaitingNotice({ target }: { target: string }) {
  const underWay = useNavigationUnderWay();
  const firstReads = useIsFetching({
    predicate: ({ queryKey, state }) => queryKey[0] !== "unanswered" && state.data === undefined,
  });
  const isWaiting = underWay !== undefined || firstReads > 0;
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    if (!isWaiting) return;
    const timer = setTimeout(() => setLong(true), SAID_AFTER_MS);
    return () => {
      clearTimeout(timer);
      setLong(false);
    };
  }, [isWaiting]);
  return (
    <div
      role="status"
      aria-label="Waiting"
      className="pointer-events-none fixed inset-x-3 bottom-3 z-30 flex justify-center"
    >
      {isWaiting && isLong && <Said target={target} />}
    </div>
  );
}

function Said({ target }: { target: string }) {
  const { data: call } = useQuery(unansweredQuery(target));
  return (
    <p className="m-0 rounded-full border border-line-strong bg-surface px-3.5 py-1.5 text-ink-2 shadow-[0_6px_24px_rgb(0_0_0/0.16)]">
      {call
        ? `${call.service} hasn't answered for ${call.seconds} s${call.attempt > 1 ? ` (try ${call.attempt})` : ""}.`
        : "Still loading."}
    </p>
  );
}
