import type { ComponentType } from "react";
import { orNotFound } from "@/app/or-not-found";
import { Crumb } from "@/components/ui/crumb";
import { PageHeader } from "@/components/ui/page-header";
import type { ResourceKey } from "@/lib/core/resource-names";
import { urls } from "@/lib/core/urls";
import type { Resource } from "@/lib/definitions/types";
import { getResource } from "@/lib/image-builder/resources/get-resource";
import { openContext } from "@/lib/use-case/use-case-context";

/** The page on which a resource is edited in place: its heading, and the form of its kind. */
export async function EditResourcePage({
  target,
  resourceKey,
  Form,
}: {
  target: string;
  resourceKey: ResourceKey;
  Form: ComponentType<{ target: string; resource: Resource }>;
}) {
  const ctx = await openContext(target);
  const resource = await orNotFound(getResource({ ctx, input: resourceKey }));
  return (
    <>
      <PageHeader
        crumbs={<Crumb to={urls.resource(target, resourceKey)}>{resource.name}</Crumb>}
        title={`Edit ${resource.name}`}
      />
      <Form target={target} resource={resource} />
    </>
  );
}
