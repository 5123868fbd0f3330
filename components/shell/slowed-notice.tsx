"use client";
import { useSyncExternalStore } from "react";
import { slowedByAws } from "@/lib/queries/slowed-by-aws";

/** Throttled reads are retried; this line says why the page is a little behind. */
export function SlowedNotice({ target }: { target: string }) {
  const isSlowed = useSyncExternalStore(
    slowedByAws.subscribe,
    () => slowedByAws.isSlowed(target),
    () => false,
  );
  return (
    <div role="status">
      {isSlowed && (
        <p className="m-0 mb-3 rounded-md bg-wait-soft px-3 py-1.5 text-wait">
          AWS is throttling requests. Data may be a few seconds old.
        </p>
      )}
    </div>
  );
}
