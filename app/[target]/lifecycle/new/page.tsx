import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { NewLifecycle } from "@/components/lifecycle/new-lifecycle";
import { PageHeader } from "@/components/ui/page-header";
import { isNotFound } from "@/lib/image-builder/console-error";
import { copyOfResource } from "@/lib/image-builder/resources/copy-of-resource";
import { openContext } from "@/lib/image-builder/use-case-context";
import { urls } from "@/lib/urls";

export const metadata: Metadata = { title: "Create lifecycle policy" };

export default async function NewLifecyclePage({
  params,
  searchParams,
}: PageProps<"/[target]/lifecycle/new">) {
  const { target } = await params;
  const { from } = await searchParams;
  const ctx = await openContext(target);
  const defaultValues = await copyOfResource(ctx, "lifecycle-policy", [from].flat()[0]).catch(
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
            href={urls.resources(target, "lifecycle-policy")}
            prefetch={false}
            className="no-underline hover:underline"
          >
            Lifecycle
          </Link>
        }
        title="Create lifecycle policy"
      />
      <NewLifecycle target={target} defaultValues={defaultValues} />
    </>
  );
}
