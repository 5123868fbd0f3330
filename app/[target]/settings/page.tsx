import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { SettingsView } from "@/components/settings/settings-view";
import { Crumb } from "@/components/ui/crumb";
import { PageHeader } from "@/components/ui/page-header";
import { urls } from "@/lib/core/urls";
import { settingsQuery } from "@/lib/queries/settings";
import { getSettings } from "@/lib/settings/get-settings";
import { openContext } from "@/lib/use-case/use-case-context";

export const metadata: Metadata = { title: "Settings" };

export default async function SettingsPage({ params }: PageProps<"/[target]/settings">) {
  const { target } = await params;
  const ctx = await openContext(target, "get-settings");
  const client = new QueryClient();
  await client.prefetchQuery({ ...settingsQuery(target), queryFn: () => getSettings({ ctx }), retry: false });
  return (
    <>
      <PageHeader crumbs={<Crumb to={urls.overview(target)}>{ctx.target.label}</Crumb>} title="Settings" />
      <HydrationBoundary state={dehydrate(client)}>
        <SettingsView target={target} />
      </HydrationBoundary>
    </>
  );
}
