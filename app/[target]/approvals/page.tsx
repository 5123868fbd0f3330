import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import Link from "next/link";
import { WaitingStepList } from "@/components/approvals/waiting-step-list";
import { PageHeader } from "@/components/ui/page-header";
import { listWaitingSteps } from "@/lib/image-builder/approvals/list-waiting-steps";
import { openContext } from "@/lib/image-builder/use-case-context";
import { waitingStepsQuery } from "@/lib/queries/approvals";
import { urls } from "@/lib/urls";

export const metadata: Metadata = { title: "Approvals" };

export default async function ApprovalsPage({ params }: PageProps<"/[target]/approvals">) {
  const { target } = await params;
  const ctx = await openContext(target);
  const client = new QueryClient();
  await client.prefetchQuery({
    ...waitingStepsQuery(target),
    queryFn: () => listWaitingSteps({ ctx }),
    retry: false,
  });
  return (
    <>
      <PageHeader
        crumbs={
          <Link href={urls.overview(target)} prefetch={false} className="no-underline hover:underline">
            {ctx.target.label}
          </Link>
        }
        title="Approvals"
      />
      <HydrationBoundary state={dehydrate(client)}>
        <WaitingStepList target={target} />
      </HydrationBoundary>
    </>
  );
}
