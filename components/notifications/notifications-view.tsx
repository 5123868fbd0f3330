"use client";
import { useQuery } from "@tanstack/react-query";
import { ReadFailure } from "@/components/shell/read-failure";
import { Skeleton } from "@/components/ui/skeleton";
import type { Notifications } from "@/lib/notifications/types";
import { notificationsQuery } from "@/lib/queries/notifications";
import { DeliveriesCard } from "./deliveries-card";
import { ReceiversCard } from "./receivers-card";
import { RulesCard } from "./rules-card";

const SOURCES: Record<Notifications["source"], string> = {
  queue: "Events arrive at once, through EventBridge and SQS.",
  sync: "The history's sync finds events within seconds, or within minutes while AWS throttles calls.",
  off: "No events arrive: the history's sync is off (GOLDSMITH_HISTORY_RATE=0).",
};

/** Who is told of what, and what was sent. */
export function NotificationsView({ target }: { target: string }) {
  const { data, error, refetch } = useQuery(notificationsQuery(target));
  if (error && !data)
    return <ReadFailure title="Couldn't load notifications" error={error} onRetry={refetch} />;
  if (!data) return <Skeleton label="Loading notifications" lines={10} />;
  return (
    <div className="grid gap-4">
      <p className="m-0 text-ink-2">{SOURCES[data.source]}</p>
      <RulesCard target={target} notifications={data} />
      <ReceiversCard target={target} notifications={data} />
      <DeliveriesCard target={target} notifications={data} />
    </div>
  );
}
