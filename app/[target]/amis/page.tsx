import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { AmiList } from "@/components/amis/ami-list";
import { CreateAmiButton } from "@/components/amis/create-ami-button";
import { buttonClass } from "@/components/ui/button";
import { Crumb } from "@/components/ui/crumb";
import { PageHeader } from "@/components/ui/page-header";
import { apiUrls, urls } from "@/lib/core/urls";
import { listAmis } from "@/lib/fleet/amis/list-amis";
import { amisQuery } from "@/lib/queries/amis";
import { openContext } from "@/lib/use-case/use-case-context";

export const metadata: Metadata = { title: "AMIs" };

export default async function AmisPage({ params }: PageProps<"/[target]/amis">) {
  const { target } = await params;
  const ctx = await openContext(target);
  const client = new QueryClient();
  await client.prefetchQuery({ ...amisQuery(target), queryFn: () => listAmis({ ctx }) });
  return (
    <>
      <PageHeader crumbs={<Crumb to={urls.overview(target)}>{ctx.target.label}</Crumb>} title="AMIs">
        <CreateAmiButton target={target} region={ctx.target.region} />
        <a href={apiUrls.amisExport(target)} className={buttonClass()} download>
          Export CSV
        </a>
      </PageHeader>
      <HydrationBoundary state={dehydrate(client)}>
        <AmiList target={target} />
      </HydrationBoundary>
    </>
  );
}
