import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { AuditView } from "@/components/audit/audit-view";
import { Crumb } from "@/components/ui/crumb";
import { PageHeader } from "@/components/ui/page-header";
import { listAuditRows } from "@/lib/audit-trail/list-audit-rows";
import { urls } from "@/lib/core/urls";
import { auditPageQuery, readAuditFilter } from "@/lib/queries/audit";
import { openContext } from "@/lib/use-case/use-case-context";

export const metadata: Metadata = { title: "Audit" };

export default async function AuditPage({ params, searchParams }: PageProps<"/[target]/audit">) {
  const [{ target }, search] = await Promise.all([params, searchParams]);
  const read = (name: string) => [search[name]].flat()[0];
  const filter = readAuditFilter(read);
  const before = read("before");
  const ctx = await openContext(target, "list-audit-rows");
  const client = new QueryClient();
  await client.prefetchQuery({
    ...auditPageQuery(target, filter, before),
    queryFn: () => listAuditRows({ ctx, input: { ...filter, before } }),
    retry: false,
  });
  return (
    <>
      <PageHeader crumbs={<Crumb to={urls.overview(target)}>{ctx.target.label}</Crumb>} title="Audit" />
      <HydrationBoundary state={dehydrate(client)}>
        <AuditView target={target} />
      </HydrationBoundary>
    </>
  );
}
