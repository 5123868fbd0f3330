import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { AwsPermissionsView } from "@/components/aws-permissions/aws-permissions-view";
import { Crumb } from "@/components/ui/crumb";
import { PageHeader } from "@/components/ui/page-header";
import { urls } from "@/lib/core/urls";
import { checkAwsPermissions } from "@/lib/image-builder/aws-permissions/check-aws-permissions";
import { awsPermissionsQuery } from "@/lib/queries/aws-permissions";
import { openContext } from "@/lib/use-case/use-case-context";

export const metadata: Metadata = { title: "AWS permissions" };

export default async function AwsPermissionsPage({ params }: PageProps<"/[target]/aws-permissions">) {
  const { target } = await params;
  const ctx = await openContext(target);
  const client = new QueryClient();
  await client.prefetchQuery({ ...awsPermissionsQuery(target), queryFn: () => checkAwsPermissions({ ctx }) });
  return (
    <>
      <PageHeader
        crumbs={<Crumb to={urls.overview(target)}>{ctx.target.label}</Crumb>}
        title="AWS permissions"
      />
      <HydrationBoundary state={dehydrate(client)}>
        <AwsPermissionsView target={target} />
      </HydrationBoundary>
    </>
  );
}
