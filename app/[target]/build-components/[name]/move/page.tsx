import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { MoveVersionView } from "@/components/resources/move-version-view";
import { PageHeader } from "@/components/ui/page-header";
import { urls } from "@/lib/urls";

export const metadata: Metadata = { title: "Move to a version" };

export default async function MoveComponentPage({
  params,
  searchParams,
}: PageProps<"/[target]/build-components/[name]/move">) {
  const [{ target, name: segment }, search] = await Promise.all([params, searchParams]);
  const name = decodeURIComponent(segment);
  const [from, to] = [[search.from].flat()[0], [search.to].flat()[0]];
  if (!from || !to) notFound();
  return (
    <>
      <PageHeader
        crumbs={
          <Link
            href={urls.resource(target, { kind: "component", name, version: to })}
            prefetch={false}
            className="no-underline hover:underline"
          >
            {name} {to}
          </Link>
        }
        title={`Move from ${from} to ${to}`}
      />
      <MoveVersionView target={target} move={{ kind: "component", name, from, to }} />
    </>
  );
}
