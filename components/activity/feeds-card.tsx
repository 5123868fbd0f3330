import Link from "next/link";
import { Card } from "@/components/ui/card";
import { Mono } from "@/components/ui/mono";
import type { ActivityFilter } from "@/lib/activity/types";
import { apiV1Urls, urls } from "@/lib/core/urls";

/** Where feed readers and calendars find the same, and what they send. */
export function FeedsCard({
  target,
  consoleUrl,
  filter,
}: {
  target: string;
  /** Such as `https://goldsmith.example.com`. */
  consoleUrl: string;
  filter: ActivityFilter;
}) {
  return (
    <Card title="Feeds">
      <dl className="m-0 grid gap-x-4 gap-y-1.5 sm:grid-cols-[210px_minmax(0,1fr)]">
        <dt className="text-ink-2">This activity, as Atom</dt>
        <dd className="m-0 min-w-0">
          <Mono copy>{`${consoleUrl}${apiV1Urls.activityFeed(target, { ...filter })}`}</Mono>
        </dd>
        <dt className="text-ink-2">Scheduled builds, as iCalendar</dt>
        <dd className="m-0 min-w-0">
          <Mono copy>{`${consoleUrl}${apiV1Urls.scheduleCalendar(target)}`}</Mono>
        </dd>
      </dl>
      <p className="mt-3 mb-0 max-w-[80ch] text-ink-2">
        A program that can send a header sends an API token in{" "}
        <code className="font-mono text-xs">Authorization: Bearer</code>. For a feed reader or a calendar,
        create a feed key and add it to the address as{" "}
        <code className="font-mono text-xs">key=goldsmith_…</code>. A feed key reads feeds and nothing else.
        Proxies may log addresses: revoke a key that others may have seen.{" "}
        <Link href={urls.apiTokens(target)} className="underline">
          Create a feed key
        </Link>
      </p>
    </Card>
  );
}
