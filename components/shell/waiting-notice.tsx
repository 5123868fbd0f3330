"use client";
import { useIsFetching } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { useNavigationUnderWay } from "@/components/ui/navigation-under-way";

/** Most pages are there before it is wanted. */
const WaitingWords = dynamic(() => import("./waiting-words").then((file) => file.WaitingWords), {
  ssr: false,
});
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
      {isWaiting && isLong && <WaitingWords target={target} />}
    </div>
  );
}
