import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { NotificationsView } from "@/components/notifications/notifications-view";
import { Crumb } from "@/components/ui/crumb";
import { PageHeader } from "@/components/ui/page-header";
import { urls } from "@/lib/core/urls";
import { listNotifications } from "@/lib/notifications/list-notifications";
import { notificationsQuery } from "@/lib/queries/notifications";
import { openContext } from "@/lib/use-case/use-case-context";

export const metadata: Metadata = { title: "Notifications" };

export default async function NotificationsPage({ params }: PageProps<"/[target]/notifications">) {
  const { target } = await params;
  const ctx = await openContext(target, "list-notifications");
  const client = new QueryClient();
  await client.prefetchQuery({
    ...notificationsQuery(target),
    queryFn: () => listNotifications({ ctx }),
    retry: false,
  });
  return (
    <>
      <PageHeader
        crumbs={<Crumb to={urls.overview(target)}>{ctx.target.label}</Crumb>}
        title="Notifications"
      />
      <HydrationBoundary state={dehydrate(client)}>
        <NotificationsView target={target} />
      </HydrationBoundary>
    </>
  );
}
