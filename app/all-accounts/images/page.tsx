import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { AllImageTable } from "@/components/image-builds/all-image-table";
import { Crumb } from "@/components/ui/crumb";
import { PageHeader } from "@/components/ui/page-header";
import { ALL_ACCOUNTS } from "@/lib/core/target";
import { urls } from "@/lib/core/urls";
import { listAllImages } from "@/lib/overview/all-accounts/list-all-images";
import { allImagesQuery } from "@/lib/queries/all-accounts";
import { openContext } from "@/lib/use-case/use-case-context";

export const metadata: Metadata = { title: "Images" };

export default async function AllImagesPage() {
  const ctx = await openContext();
  const client = new QueryClient();
  await client.prefetchQuery({ ...allImagesQuery(), queryFn: () => listAllImages({ ctx }) });
  return (
    <>
      <PageHeader crumbs={<Crumb to={urls.overview(ALL_ACCOUNTS)}>All accounts</Crumb>} title="Images" />
      <HydrationBoundary state={dehydrate(client)}>
        <AllImageTable />
      </HydrationBoundary>
    </>
  );
}
