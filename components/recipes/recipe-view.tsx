"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { BeginDraftButton } from "@/components/resources/begin-draft-button";
import { CompareAccountsButton } from "@/components/resources/compare-accounts-button";
import { DeleteResourceButton } from "@/components/resources/delete-resource-button";
import { FavoriteStar } from "@/components/resources/favorite-star";
import { OlderVersionNotice } from "@/components/resources/older-version-notice";
import { TagsCard } from "@/components/resources/tags-card";
import { UsedByCard } from "@/components/resources/used-by-card";
import { VersionPicker } from "@/components/resources/version-picker";
import { ReadFailure } from "@/components/shell/read-failure";
import { buttonClass } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Crumb } from "@/components/ui/crumb";
import { FactList } from "@/components/ui/fact-list";
import { Mono } from "@/components/ui/mono";
import { PageHeader } from "@/components/ui/page-header";
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton } from "@/components/ui/skeleton";
import type { ResourceKey } from "@/lib/core/resource-names";
import { urls } from "@/lib/core/urls";
import type { Json, JsonObject, Resource } from "@/lib/definitions/types";
import { resourceQuery } from "@/lib/queries/resources";
import { ComponentOrder } from "./component-order";
import { RecipeChanges } from "./recipe-changes";
import type { RecipeKind } from "./recipe-fields";

/** One version of a recipe: what it is made of, what uses it, and the way to the next version. */
export function RecipeView({
  target,
  resourceKey,
}: {
  target: string;
  resourceKey: ResourceKey & { kind: RecipeKind };
}) {
  const { data: recipe, error, refetch } = useQuery(resourceQuery(target, resourceKey));
  const { kind, name } = resourceKey;
  const version = recipe?.version ?? resourceKey.version;
  return (
    <>
      <PageHeader
        crumbs={<Crumb to={urls.resources(target, kind)}>Recipes</Crumb>}
        title={recipe?.name ?? name}
        detail={
          recipe && (
            <>
              {(resourceKey.owner ?? "Self") === "Self" && (
                <FavoriteStar target={target} kind={kind} name={recipe.name} />
              )}
              <VersionPicker
                target={target}
                resourceKey={resourceKey}
                version={recipe.version}
                versions={recipe.versions}
              />
            </>
          )
        }
      >
        {recipe && (
          <>
            <CompareAccountsButton target={target} resourceKey={{ kind, name, version }} />
            <DeleteResourceButton
              target={target}
              resourceKey={{ kind, name, version }}
              leadsTo={urls.resources(target, kind)}
            />
            <Link
              href={urls.newResource(target, kind, { name, version, as: "copy" })}
              className={buttonClass()}
            >
              Copy
            </Link>
            <Link
              href={urls.newResource(target, kind, { name, version, as: "version" })}
              className={buttonClass()}
            >
              New version
            </Link>
            <BeginDraftButton
              target={target}
              origin={{ from: "recipe", kind, arn: recipe.arn, parts: "copied" }}
              label="Create pipeline from a copy"
              title="A new pipeline with its own copy of this recipe"
            />
            <BeginDraftButton
              target={target}
              origin={{ from: "recipe", kind, arn: recipe.arn, parts: "same" }}
              label="Create pipeline"
              variant="primary"
              title="A pipeline that builds this recipe"
            />
          </>
        )}
      </PageHeader>
      {recipe ? (
        <>
          <div className="mb-4 empty:hidden">
            <OlderVersionNotice target={target} resource={{ ...recipe, kind }} />
          </div>
          {recipe.description && <p className="m-0 mb-4 max-w-[80ch] text-ink-2">{recipe.description}</p>}
          <div className="grid gap-4 lg:grid-cols-[minmax(0,1.45fr)_minmax(0,1fr)]">
            <div className="grid content-start gap-4">
              <Card title="Components" note="in the order they run" flush>
                <ComponentOrder target={target} components={listOf(recipe.content.components)} />
              </Card>
              <Card title="Settings">
                <FactList facts={settingsOf(recipe)} />
              </Card>
              <RecipeChanges target={target} resourceKey={resourceKey} recipe={recipe} />
            </div>
            <div className="grid content-start gap-4">
              <UsedByCard
                target={target}
                resource={{ ...recipe, uses: recipe.uses.filter((one) => one.kind !== "component") }}
              />
              <TagsCard target={target} arn={recipe.arn} tags={recipe.tags} />
            </div>
          </div>
        </>
      ) : (
        <Card flush>
          {error ? (
            <ReadFailure title={`Couldn't load ${name}`} error={error} onRetry={refetch} />
          ) : (
            <Skeleton label="Loading the recipe" lines={10} />
          )}
        </Card>
      )}
    </>
  );
}

function settingsOf({ arn, content, platform, createdAt }: Resource) {
  const { parentImage, workingDirectory, targetRepository, dockerfileTemplateData, amiWatermarks } = content;
  const instance = objectOf(content.instanceConfiguration);
  const volumes = listOf(content.blockDeviceMappings ?? instance.blockDeviceMappings);
  const extra = objectOf(content.additionalInstanceConfiguration);
  return [
    { label: "Base image", value: <Mono>{String(parentImage ?? "")}</Mono> },
    { label: "Platform", value: platform },
    { label: "Repository", value: textOf(objectOf(targetRepository).repositoryName) },
    {
      label: "Working directory",
      value: workingDirectory ? <Mono>{String(workingDirectory)}</Mono> : undefined,
    },
    {
      label: "Volumes",
      value:
        volumes.length > 0 ? (
          <ul className="m-0 list-none p-0">
            {volumes.map((volume) => (
              <li key={String(volume.deviceName)}>{volumeWords(volume)}</li>
            ))}
          </ul>
        ) : (
          "base image default"
        ),
    },
    { label: "AMI watermarks", value: Array.isArray(amiWatermarks) ? amiWatermarks.join(", ") : undefined },
    { label: "User data", value: extra.userDataOverride ? "given" : undefined },
    {
      label: "Dockerfile template",
      value: dockerfileTemplateData ? (
        <pre className="m-0 overflow-x-auto rounded bg-sunken px-2.5 py-1.5 font-mono text-xs">
          {String(dockerfileTemplateData)}
        </pre>
      ) : undefined,
    },
    {
      label: "ARN",
      value: <Mono copy>{arn}</Mono>,
    },
    { label: "Created", value: createdAt ? <RelativeTime at={createdAt} /> : undefined },
  ];
}

function volumeWords({ deviceName, ebs }: JsonObject): string {
  const { volumeSize, volumeType, encrypted } = objectOf(ebs);
  const parts = [volumeSize && `${String(volumeSize)} GiB`, volumeType, encrypted && "encrypted"].filter(
    Boolean,
  );
  return `${String(deviceName ?? "")} ${parts.join(", ")}`.trim();
}

const textOf = (value: Json | undefined) => (typeof value === "string" ? value : undefined);
const objectOf = (value: Json | undefined): JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
const listOf = (value: Json | undefined): JsonObject[] => (Array.isArray(value) ? value.map(objectOf) : []);
