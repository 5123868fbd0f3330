import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { prefetchOrNotFound } from "@/app/or-not-found";
import { RollOutStart } from "@/components/roll-outs/roll-out-start";
import { Crumb } from "@/components/ui/crumb";
import { PageHeader } from "@/components/ui/page-header";
import { urls } from "@/lib/core/urls";
import { previewRollOut } from "@/lib/fleet/roll-outs/preview-roll-out";
import { rollOutPreviewQuery } from "@/lib/queries/roll-outs";
import { openContext } from "@/lib/use-case/use-case-context";

export const metadata: Metadata = { title: "Roll out" };

const first = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value) ?? "";

export default async function NewRollOutPage({ params, searchParams }: PageProps<"/[target]/roll-outs/new">) {
  const [{ target }, query] = await Promise.all([params, searchParams]);
  const key = { region: first(query.region), group: first(query.group) };
  const ctx = await openContext(target);
  if (key.region === "" || key.group === "") notFound();
  const client = new QueryClient();
  await prefetchOrNotFound(client, {
    ...rollOutPreviewQuery(target, key),
    queryFn: () => previewRollOut({ ctx, input: key }),
  });
  return (
    <>
      <PageHeader
        crumbs={
          <>
            <Crumb to={urls.overview(target)}>{ctx.target.label}</Crumb> /{" "}
            <Crumb to={urls.fleet(target)}>Fleet</Crumb>
          </>
        }
        title={`Roll out to ${key.group}`}
      />
      <HydrationBoundary state={dehydrate(client)}>
        <RollOutStart target={target} region={key.region} group={key.group} />
      </HydrationBoundary>
    </>
  );
}
