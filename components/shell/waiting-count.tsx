"use client";
import { useQuery } from "@tanstack/react-query";
import { ALL_ACCOUNTS } from "@/lib/core/target";
import { allWaitingStepsQuery } from "@/lib/queries/all-accounts";
import { waitingStepsQuery } from "@/lib/queries/approvals";

const EVERY_MS = 20_000;

/** How many steps wait for a person, beside the link to them; nothing when none does or it cannot be known. */
export function WaitingCount({ target }: { target: string }) {
  const isAll = target === ALL_ACCOUNTS;
  const polled = { refetchInterval: EVERY_MS, retry: false };
  const ofTarget = useQuery({ ...waitingStepsQuery(target), ...polled, enabled: !isAll });
  const ofAll = useQuery({ ...allWaitingStepsQuery(), ...polled, enabled: isAll });
  const count = isAll ? ofAll.data?.steps.length : ofTarget.data?.length;
  if (!count) return null;
  return (
    <span className="rounded-full bg-wait-soft px-2 font-[550] text-wait text-xs leading-5">
      {count}
      <span className="sr-only"> waiting</span>
    </span>
  );
}
