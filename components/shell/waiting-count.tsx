"use client";
import { useQuery } from "@tanstack/react-query";
import { waitingStepsQuery } from "@/lib/queries/approvals";

const EVERY_MS = 20_000;

/** How many steps wait for a person, beside the link to them; nothing when none does or it cannot be known. */
export function WaitingCount({ target }: { target: string }) {
  const { data } = useQuery({ ...waitingStepsQuery(target), refetchInterval: EVERY_MS, retry: false });
  if (!data || data.length === 0) return null;
  return (
    <span className="rounded-full bg-wait-soft px-2 font-[550] text-wait text-xs leading-5">
      {data.length}
      <span className="sr-only"> waiting</span>
    </span>
  );
}
