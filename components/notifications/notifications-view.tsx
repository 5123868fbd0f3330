"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { ReadFailure } from "@/components/shell/read-failure";
import { Skeleton } from "@/components/ui/skeleton";
import { urls } from "@/lib/core/urls";
import { groupBy } from "@/lib/definitions/group-by";
import { EVENT_KINDS, EVENTS, type Notifications } from "@/lib/notifications/types";
import { notificationsQuery } from "@/lib/queries/notifications";
import { DeliveriesCard } from "./deliveries-card";
import { ReceiversCard } from "./receivers-card";
import { RulesCard } from "./rules-card";

const SOURCES: Record<Notifications["source"], string> = {
  queue: "Events arrive at once, through EventBridge and SQS.",
  sync: "No event queue is set up for this account. The console polls AWS instead.",
  off: "No events arrive: indexing of the history is off (GOLDSMITH_HISTORY_RATE=0).",
};

/** Who is told of what, and what was sent. */
export function NotificationsView({ target }: { target: string }) {
  const { data, error, refetch } = useQuery(notificationsQuery(target));
  if (error && !data)
    return <ReadFailure title="Couldn't load notifications" error={error} onRetry={refetch} />;
  if (!data) return <Skeleton label="Loading notifications" lines={10} />;
  return (
    <div className="grid gap-4">
      <div className="grid gap-1 text-ink-2">
        <p className="m-0">
          {SOURCES[data.source]}{" "}
          {data.source === "sync" && (
            <Link href={urls.settings(target)} prefetch={false}>
              Set up a queue
            </Link>
          )}
        </p>
        {data.source !== "off" && <Delays source={data.source} />}
      </div>
      <RulesCard target={target} notifications={data} />
      <ReceiversCard target={target} notifications={data} />
      <DeliveriesCard target={target} notifications={data} />
    </div>
  );
}

/** Which events come at once, and how late the others are at most. */
function Delays({ source }: { source: "queue" | "sync" }) {
  const delays = groupBy(EVENT_KINDS, (kind) =>
    source === "queue" && EVENTS[kind].isSent ? "at once" : EVENTS[kind].late,
  );
  return (
    <details>
      <summary className="cursor-pointer">How soon each event arrives</summary>
      <dl className="m-0 mt-1 grid gap-x-4 gap-y-1 md:grid-cols-[max-content_1fr]">
        {[...delays].map(([delay, kinds]) => (
          <div key={delay} className="contents">
            <dt className="font-[550]">{delay}</dt>
            <dd className="m-0">{kinds.map((kind) => EVENTS[kind].words).join(", ")}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
