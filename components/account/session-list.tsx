"use client";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { RelativeTime } from "@/components/ui/relative-time";
import { revokeSessionAction } from "@/lib/actions/session-actions";
import type { SessionSummary } from "@/lib/auth/types";

/** The browsers that are signed in; each other one can be signed out from here. */
export function SessionList({ sessions }: { sessions: SessionSummary[] }) {
  const router = useRouter();
  const [isBusy, start] = useTransition();
  const [refusal, setRefusal] = useState<string>();
  const revoke = (id: string) =>
    start(async () => {
      const result = await revokeSessionAction(id);
      setRefusal(result.ok ? undefined : result.error.message);
      router.refresh();
    });
  return (
    <>
      {refusal && (
        <p role="alert" className="m-0 px-3.5 pt-2 text-fail">
          {refusal}
        </p>
      )}
      <ul className="m-0 list-none p-0">
        {sessions.map(({ id, actorName, actorLabel, startedAt, expiresAt, address, browser, isCurrent }) => (
          <li
            key={id}
            className="flex flex-wrap items-center gap-x-4 gap-y-1 border-line border-b px-3.5 py-2 last:border-b-0"
          >
            <span className="min-w-0 basis-full sm:flex-1 sm:basis-0">
              <strong className="font-[550]">{actorName}</strong>
              {actorLabel !== undefined && actorName !== actorLabel && (
                <span className="text-ink-3"> {actorLabel}</span>
              )}
              <span className="block truncate text-ink-3 text-xs">
                {[address, browser].filter(Boolean).join(", ") || "Unknown browser"}
              </span>
            </span>
            <span className="flex-1 text-ink-2 sm:flex-none">
              since <RelativeTime at={startedAt} />, ends <RelativeTime at={expiresAt} />
            </span>
            {isCurrent ? (
              <span className="text-ink-3">current browser</span>
            ) : (
              <Button
                onClick={() => revoke(id)}
                disabled={isBusy}
                aria-label={`Sign out ${actorName}, ${browser}`}
              >
                Sign out
              </Button>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
