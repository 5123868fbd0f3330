import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { WaitingStepList } from "@/components/approvals/waiting-step-list";
import { Crumb } from "@/components/ui/crumb";
import { PageHeader } from "@/components/ui/page-header";
import { urls } from "@/lib/core/urls";
import { listWaitingSteps } from "@/lib/image-builder/approvals/list-waiting-steps";
import { waitingStepsQuery } from "@/lib/queries/approvals";
import { openContext } from "@/lib/use-case/use-case-context";

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
      <PageHeader crumbs={<Crumb to={urls.overview(target)}>{ctx.target.label}</Crumb>} title="Approvals" />
      <HydrationBoundary state={dehydrate(client)}>
        <WaitingStepList target={target} />
      </HydrationBoundary>
    </>
  );
}
