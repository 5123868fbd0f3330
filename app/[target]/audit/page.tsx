import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import Link from "next/link";
import { AuditView } from "@/components/audit/audit-view";
import { PageHeader } from "@/components/ui/page-header";
import { listAuditRows } from "@/lib/image-builder/audit-trail/list-audit-rows";
import { openContext } from "@/lib/image-builder/use-case-context";
import { auditPageQuery, readAuditFilter } from "@/lib/queries/audit";
import { urls } from "@/lib/urls";

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
      <PageHeader
        crumbs={
          <Link href={urls.overview(target)} prefetch={false} className="no-underline hover:underline">
            {ctx.target.label}
          </Link>
        }
        title="Audit"
      />
      <HydrationBoundary state={dehydrate(client)}>
        <AuditView target={target} />
      </HydrationBoundary>
    </>
  );
}
