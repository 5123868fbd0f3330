import type { ReactNode } from "react";
import { orNotFound } from "@/app/or-not-found";
import { EditResourceForm } from "@/components/resources/edit-resource-form";
import { Crumb } from "@/components/ui/crumb";
import { PageHeader } from "@/components/ui/page-header";
import type { ResourceKey } from "@/lib/core/resource-names";
import { urls } from "@/lib/core/urls";
import { getResource } from "@/lib/image-builder/resources/get-resource";
import { openContext } from "@/lib/use-case/use-case-context";

/** The page on which a resource is edited in place: its heading, and the form; `children` are the fields of its kind. */
export async function EditResourcePage({
  target,
  resourceKey,
  children,
}: {
  target: string;
  resourceKey: ResourceKey;
  children: ReactNode;
}) {
  const ctx = await openContext(target);
  const resource = await orNotFound(getResource({ ctx, input: resourceKey }));
  return (
    <>
      <PageHeader
        crumbs={<Crumb to={urls.resource(target, resourceKey)}>{resource.name}</Crumb>}
        title={`Edit ${resource.name}`}
      />
      <EditResourceForm target={target} resource={resource}>
        {children}
      </EditResourceForm>
    </>
  );
}
