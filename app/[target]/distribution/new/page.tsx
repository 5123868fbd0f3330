import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { NewDistribution } from "@/components/distribution/new-distribution";
import { PageHeader } from "@/components/ui/page-header";
import { isNotFound } from "@/lib/image-builder/console-error";
import { copyOfResource } from "@/lib/image-builder/resources/copy-of-resource";
import { openContext } from "@/lib/image-builder/use-case-context";
import { urls } from "@/lib/urls";

export const metadata: Metadata = { title: "Create distribution configuration" };

export default async function NewDistributionPage({
  params,
  searchParams,
}: PageProps<"/[target]/distribution/new">) {
  const { target } = await params;
  const { from } = await searchParams;
  const ctx = await openContext(target);
  const defaultValues = await copyOfResource(ctx, "distribution-configuration", [from].flat()[0]).catch(
    (error: unknown) => {
      if (isNotFound(error)) notFound();
      throw error;
    },
  );
  return (
    <>
      <PageHeader
        crumbs={
          <Link
            href={urls.resources(target, "distribution-configuration")}
            prefetch={false}
            className="no-underline hover:underline"
          >
            Distribution
          </Link>
        }
        title="Create distribution configuration"
      />
      <NewDistribution target={target} defaultValues={defaultValues} />
    </>
  );
}
