import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { TokensView } from "@/components/api-tokens/tokens-view";
import { Crumb } from "@/components/ui/crumb";
import { PageHeader } from "@/components/ui/page-header";
import { listTokens } from "@/lib/api-tokens/list-tokens";
import { urls } from "@/lib/core/urls";
import { tokensQuery } from "@/lib/queries/api-tokens";
import { openContext } from "@/lib/use-case/use-case-context";

export const metadata: Metadata = { title: "API tokens" };

export default async function ApiTokensPage({ params }: PageProps<"/[target]/api-tokens">) {
  const { target } = await params;
  const ctx = await openContext(target, "list-tokens");
  const client = new QueryClient();
  await client.prefetchQuery({
    ...tokensQuery(target),
    queryFn: () => listTokens({ ctx }),
    retry: false,
  });
  return (
    <>
      <PageHeader crumbs={<Crumb to={urls.overview(target)}>{ctx.target.label}</Crumb>} title="API tokens" />
      <HydrationBoundary state={dehydrate(client)}>
        <TokensView target={target} />
      </HydrationBoundary>
    </>
  );
}
