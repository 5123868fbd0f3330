"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { ReactNode } from "react";
import { ReadFailure } from "@/components/shell/read-failure";
import { buttonClass } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Crumb } from "@/components/ui/crumb";
import { FactList } from "@/components/ui/fact-list";
import { Mono } from "@/components/ui/mono";
import { PageHeader } from "@/components/ui/page-header";
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton } from "@/components/ui/skeleton";
import type { ResourceKind } from "@/lib/core/resource-names";
import { urls } from "@/lib/core/urls";
import { KIND_FACTS } from "@/lib/definitions/resource-kinds";
import type { Resource } from "@/lib/definitions/types";
import { resourceQuery } from "@/lib/queries/resources";
import { CompareAccountsButton } from "./compare-accounts-button";
import { DeleteResourceButton } from "./delete-resource-button";
import { FavoriteStar } from "./favorite-star";
import { ResourceCode } from "./resource-code";
import { TagsCard } from "./tags-card";
import { UsedByCard } from "./used-by-card";

/** A resource that has no versions: what it says, who uses it, its tags; edit, copy, delete. */
export function ConfigurationView({
  target,
  kind,
  name,
  list,
  detail,
  children,
}: {
  target: string;
  kind: ResourceKind;
  name: string;
  /** What the list of them is called. */
  list: string;
  detail?: (resource: Resource) => ReactNode;
  children: (resource: Resource) => ReactNode;
}) {
  const { data: resource, error, refetch } = useQuery(resourceQuery(target, { kind, name }));
  return (
    <>
      <PageHeader
        crumbs={<Crumb to={urls.resources(target, kind)}>{list}</Crumb>}
        title={resource?.name ?? name}
        detail={
          resource && (
            <>
              <FavoriteStar target={target} kind={kind} name={resource.name} />
              {detail?.(resource)}
            </>
          )
        }
      >
        {resource && (
          <>
            <CompareAccountsButton target={target} resourceKey={{ kind, name }} />
            <DeleteResourceButton
              target={target}
              resourceKey={{ kind, name }}
              leadsTo={urls.resources(target, kind)}
            />
            <Link
              href={urls.newResource(target, kind, { name, as: "copy" })}
              prefetch={false}
              className={buttonClass()}
            >
              Copy
            </Link>
            <Link
              href={urls.editResource(target, kind, name)}
              prefetch={false}
              className={buttonClass("primary")}
            >
              Edit
            </Link>
          </>
        )}
      </PageHeader>
      {resource ? (
        <>
          {resource.description && <p className="m-0 mb-4 max-w-[80ch] text-ink-2">{resource.description}</p>}
          <div className="grid gap-4 lg:grid-cols-[minmax(0,1.6fr)_minmax(0,1fr)]">
            <div className="grid content-start gap-4">
              {children(resource)}
              <ResourceCode resource={{ kind, arn: resource.arn, content: resource.content }} />
            </div>
            <div className="grid content-start gap-4">
              <UsedByCard target={target} resource={resource} />
              <TagsCard target={target} arn={resource.arn} tags={resource.tags} />
              <Card title="About">
                <FactList
                  facts={[
                    { label: "ARN", value: <Mono copy>{resource.arn}</Mono> },
                    {
                      label: "Created",
                      value: resource.createdAt && <RelativeTime at={resource.createdAt} />,
                    },
                    {
                      label: "Last modified",
                      value: resource.updatedAt && <RelativeTime at={resource.updatedAt} />,
                    },
                  ]}
                />
              </Card>
            </div>
          </div>
        </>
      ) : (
        <Card flush>
          {error ? (
            <ReadFailure
              title={`Couldn't load the ${KIND_FACTS[kind].one}`}
              error={error}
              onRetry={refetch}
            />
          ) : (
            <Skeleton label={`Loading the ${KIND_FACTS[kind].one}`} lines={10} />
          )}
        </Card>
      )}
    </>
  );
}
