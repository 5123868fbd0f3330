import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { ActivityView } from "@/components/activity/activity-view";
import { Crumb } from "@/components/ui/crumb";
import { PageHeader } from "@/components/ui/page-header";
import { listActivity } from "@/lib/activity/list-activity";
import { urls } from "@/lib/core/urls";
import { activityQuery, readActivityFilter } from "@/lib/queries/activity";
import { openContext } from "@/lib/use-case/use-case-context";

export const metadata: Metadata = { title: "Activity" };

export default async function ActivityPage({ params, searchParams }: PageProps<"/[target]/activity">) {
  const [{ target }, search] = await Promise.all([params, searchParams]);
  const read = (name: string) => [search[name]].flat()[0];
  const filter = readActivityFilter(read);
  const from = read("from");
  const ctx = await openContext(target, "list-activity");
  const client = new QueryClient();
  await client.prefetchQuery({
    ...activityQuery(target, filter, from),
    queryFn: () => listActivity({ ctx, input: { ...filter, from } }),
    retry: false,
  });
  return (
    <>
      <PageHeader crumbs={<Crumb to={urls.overview(target)}>{ctx.target.label}</Crumb>} title="Activity" />
      <HydrationBoundary state={dehydrate(client)}>
        <ActivityView target={target} consoleUrl={ctx.settings.notifications.consoleUrl} />
      </HydrationBoundary>
    </>
  );
}
