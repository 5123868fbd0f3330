import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { NewInfrastructure } from "@/components/infrastructure/new-infrastructure";
import { PageHeader } from "@/components/ui/page-header";
import { isNotFound } from "@/lib/image-builder/console-error";
import { copyOfResource } from "@/lib/image-builder/resources/copy-of-resource";
import { openContext } from "@/lib/image-builder/use-case-context";
import { urls } from "@/lib/urls";

export const metadata: Metadata = { title: "Create infrastructure configuration" };

export default async function NewInfrastructurePage({
  params,
  searchParams,
}: PageProps<"/[target]/infrastructure/new">) {
  const { target } = await params;
  const { from } = await searchParams;
  const ctx = await openContext(target);
  const defaultValues = await copyOfResource(ctx, "infrastructure-configuration", [from].flat()[0]).catch(
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
            href={urls.resources(target, "infrastructure-configuration")}
            prefetch={false}
            className="no-underline hover:underline"
          >
            Infrastructure
          </Link>
        }
        title="Create infrastructure configuration"
      />
      <NewInfrastructure target={target} defaultValues={defaultValues} />
    </>
  );
}
