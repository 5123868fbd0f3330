import type { ReactNode } from "react";
import { orNotFound } from "@/app/or-not-found";
import { CreateResourceForm } from "@/components/resources/create-resource-form";
import { Crumb } from "@/components/ui/crumb";
import { PageHeader } from "@/components/ui/page-header";
import type { ResourceKind } from "@/lib/core/resource-names";
import { urls } from "@/lib/core/urls";
import { KIND_FACTS } from "@/lib/definitions/resource-kinds";
import type { JsonObject } from "@/lib/definitions/types";
import { copyOfResource } from "@/lib/image-builder/resources/copy-of-resource";
import { openContext } from "@/lib/use-case/use-case-context";

/** The page that makes a configuration or policy, blank or as a copy of `from`; `children` are its fields. */
export async function CreateResourcePage({
  target,
  kind,
  list,
  from,
  blank,
  children,
}: {
  target: string;
  kind: ResourceKind;
  /** What the navigation calls the list of these. */
  list: string;
  /** The `from` of the address: the name of what is copied. */
  from: string | string[] | undefined;
  /** What a new one begins with. */
  blank?: JsonObject;
  children: ReactNode;
}) {
  const ctx = await openContext(target);
  const copied = await orNotFound(copyOfResource(ctx, kind, [from].flat()[0]));
  return (
    <>
      <PageHeader
        crumbs={<Crumb to={urls.resources(target, kind)}>{list}</Crumb>}
        title={`Create ${KIND_FACTS[kind].one}`}
      />
      <CreateResourceForm target={target} kind={kind} defaultValues={{ ...blank, ...copied }}>
        {children}
      </CreateResourceForm>
    </>
  );
}
