"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { CompareAccountsButton } from "@/components/resources/compare-accounts-button";
import { DeleteResourceButton } from "@/components/resources/delete-resource-button";
import { FavoriteStar } from "@/components/resources/favorite-star";
import { OlderVersionNotice } from "@/components/resources/older-version-notice";
import { OtherVersionSelect } from "@/components/resources/other-version-select";
import { ResourceCode } from "@/components/resources/resource-code";
import { TagsCard } from "@/components/resources/tags-card";
import { useOtherVersion } from "@/components/resources/use-other-version";
import { UsedByCard } from "@/components/resources/used-by-card";
import { VersionPicker } from "@/components/resources/version-picker";
import { ReadFailure } from "@/components/shell/read-failure";
import { buttonClass } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Crumb } from "@/components/ui/crumb";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";
import { StatusBadge } from "@/components/ui/status-badge";
import type { ResourceKey } from "@/lib/core/resource-names";
import { urls } from "@/lib/core/urls";
import { KIND_FACTS } from "@/lib/definitions/resource-kinds";
import type { Resource } from "@/lib/definitions/types";
import { resourceQuery } from "@/lib/queries/resources";
import { DocumentFacts } from "./document-facts";
import { DocumentKindEditor } from "./document-kind-editor";
import { DocumentParameters } from "./document-parameters";
import type { DocumentKind } from "./types";

const LISTS: Record<DocumentKind, string> = { component: "Components", workflow: "Workflows" };
const KEPT_BY: Record<string, string> = {
  Amazon: "Managed by Amazon and read-only. Copy it to make changes.",
  ThirdParty: "Managed by its publisher and read-only.",
  Shared: "Shared by another account and read-only.",
};

/** One version of a component or workflow: its document, parameters, who uses it, and what can be done with it. */
export function DocumentResourceView({
  target,
  resourceKey,
}: {
  target: string;
  resourceKey: ResourceKey & { kind: DocumentKind };
}) {
  const { kind, name } = resourceKey;
  const { data: resource, error, refetch } = useQuery(resourceQuery(target, resourceKey));
  const { one } = KIND_FACTS[kind];
  return (
    <>
      <PageHeader
        crumbs={<Crumb to={urls.resources(target, kind)}>{LISTS[kind]}</Crumb>}
        title={resource?.name ?? name}
        detail={resource && <Detail target={target} resourceKey={resourceKey} resource={resource} />}
      >
        {resource && <Actions target={target} resourceKey={resourceKey} resource={resource} />}
      </PageHeader>
      {resource ? (
        <DocumentResource target={target} resourceKey={resourceKey} resource={resource} />
      ) : (
        <Card flush>
          {error ? (
            <ReadFailure title={`Couldn't load the ${one}`} error={error} onRetry={refetch} />
          ) : (
            <Skeleton label={`Loading the ${one}`} lines={12} />
          )}
        </Card>
      )}
    </>
  );
}

type Parts = { target: string; resourceKey: ResourceKey & { kind: DocumentKind }; resource: Resource };

const isOwn = ({ owner }: ResourceKey) => owner === undefined || owner === "Self";
const documentOf = ({ content }: Resource) => (typeof content.data === "string" ? content.data : undefined);

function Detail({ target, resourceKey, resource }: Parts) {
  const { type, platform, version, versions } = resource;
  const status = statusOf(resource);
  return (
    <>
      {isOwn(resourceKey) && <FavoriteStar target={target} kind={resourceKey.kind} name={resource.name} />}
      <VersionPicker target={target} resourceKey={resourceKey} version={version} versions={versions} />
      <span className="text-ink-2">
        {[type?.toLowerCase(), platform, isOwn(resourceKey) ? undefined : resourceKey.owner]
          .filter(Boolean)
          .join(", ")}
      </span>
      {status && status !== "ACTIVE" && <StatusBadge tone="mute">{status.toLowerCase()}</StatusBadge>}
    </>
  );
}

function statusOf({ content, status }: Resource): string | undefined {
  const { state } = content;
  const own = typeof state === "object" && state !== null && !Array.isArray(state) ? state.status : undefined;
  return typeof own === "string" ? own : status;
}

function Actions({ target, resourceKey, resource }: Parts) {
  const { kind } = resourceKey;
  const own = isOwn(resourceKey);
  const { name, version } = resource;
  return (
    <>
      {own && (
        <>
          <CompareAccountsButton target={target} resourceKey={{ ...resourceKey, version }} />
          <DeleteResourceButton
            target={target}
            resourceKey={{ ...resourceKey, version }}
            leadsTo={urls.resources(target, kind)}
          />
        </>
      )}
      {documentOf(resource) !== undefined && (
        <Link
          href={urls.newResource(target, kind, { name, version, owner: resourceKey.owner, as: "copy" })}
          prefetch={false}
          className={buttonClass()}
        >
          Copy
        </Link>
      )}
      {own && (
        <Link
          href={urls.newResource(target, kind, { name, version, as: "version" })}
          prefetch={false}
          className={buttonClass("primary")}
        >
          New version
        </Link>
      )}
    </>
  );
}

function DocumentResource({ target, resourceKey, resource }: Parts) {
  const { kind, owner } = resourceKey;
  const text = documentOf(resource);
  const { other, choices, chosen, choose } = useOtherVersion(target, resourceKey, resource);
  const otherText = other && documentOf(other);
  const keptBy = isOwn(resourceKey) ? undefined : KEPT_BY[owner ?? ""];
  return (
    <div className="grid gap-4">
      {resource.description && <p className="m-0 max-w-[80ch] text-ink-2">{resource.description}</p>}
      {keptBy && <p className="m-0 text-ink-2">{keptBy}</p>}
      {isOwn(resourceKey) && (
        <OlderVersionNotice target={target} resource={{ ...resource, kind: resourceKey.kind }} />
      )}
      {text === undefined ? (
        <Card title="Document">
          <p className="m-0 text-ink-2">Document not available from the publisher.</p>
        </Card>
      ) : (
        <div className="grid gap-2">
          {choices.length > 0 && (
            <div className="flex justify-end">
              <OtherVersionSelect choices={choices} chosen={chosen} onChoose={choose} />
            </div>
          )}
          <DocumentKindEditor
            key={resource.arn}
            kind={kind}
            value={text}
            platform={resource.platform}
            type={typeof resource.content.type === "string" ? resource.content.type : undefined}
            readOnly
            compareWith={otherText === undefined ? undefined : { label: chosen, text: otherText }}
          />
        </div>
      )}
      <div className="grid gap-4 lg:grid-cols-[minmax(0,1.6fr)_minmax(0,1fr)]">
        <div className="grid content-start gap-4">
          <DocumentParameters parameters={resource.content.parameters} />
          <DocumentFacts resource={resource} />
          {isOwn(resourceKey) && text !== undefined && (
            <ResourceCode resource={{ kind, arn: resource.arn, content: resource.content }} />
          )}
        </div>
        <div className="grid content-start gap-4">
          <UsedByCard target={target} resource={resource} />
          <TagsCard
            target={target}
            arn={resource.buildArn ?? resource.arn}
            tags={resource.tags}
            isOwn={isOwn(resourceKey)}
          />
        </div>
      </div>
    </div>
  );
}
