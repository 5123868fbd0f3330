"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { ReadFailure } from "@/components/shell/read-failure";
import { CopyButton } from "@/components/ui/copy-button";
import { Mono } from "@/components/ui/mono";
import { Skeleton } from "@/components/ui/skeleton";
import { withShortArns } from "@/lib/core/arn";
import { urls } from "@/lib/core/urls";
import { isJsonObject } from "@/lib/definitions/json-object";
import type { Json, JsonObject } from "@/lib/definitions/types";
import type { ImageBuild } from "@/lib/image-builder/image-builds/types";
import { imageDefinitionQuery } from "@/lib/queries/image-builds";

/** The recipe, infrastructure and distribution as they were when this image was built. */
export function ImageDefinitionPanel({ target, build }: { target: string; build: ImageBuild }) {
  const { data, error, refetch } = useQuery(imageDefinitionQuery(target, build));
  if (error) return <ReadFailure title="Couldn't load the recipe" error={error} onRetry={refetch} />;
  if (!data) return <Skeleton label="Loading the recipe" lines={6} />;
  const { recipe, infrastructure, distribution } = data;
  return (
    <div className="grid gap-4 px-3.5 py-3">
      {recipe && (
        <section aria-label="Recipe" className="grid gap-2">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h3 className="m-0 font-semibold">
              {String(recipe.name ?? "")}{" "}
              <span className="font-mono font-normal text-xs">{String(recipe.version ?? "")}</span>
            </h3>
            {build.recipe && (
              <span className="flex gap-3">
                <Link
                  href={urls.resource(target, build.recipe)}
                  prefetch={false}
                  className="underline"
                >{`Open the ${NOUNS[build.recipe.kind]}`}</Link>
                <Link
                  href={urls.newResource(target, build.recipe.kind, { ...build.recipe, as: "version" })}
                  prefetch={false}
                  className="underline"
                >
                  Create new version from this recipe
                </Link>
              </span>
            )}
          </div>
          <ol className="m-0 list-decimal pl-5 marker:text-ink-3">
            {listOf(recipe.components).map(({ componentArn, parameters }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the same component may stand there twice, and nothing moves
              <li key={index}>
                <Mono>{withShortArns(String(componentArn ?? ""))}</Mono>
                {listOf(parameters).map(({ name, value }) => (
                  <span key={String(name)} className="ml-2 text-ink-3 text-xs [overflow-wrap:anywhere]">
                    {`${String(name)} = ${[value].flat().join(", ")}`}
                  </span>
                ))}
              </li>
            ))}
          </ol>
          <Members title="Recipe as stored by AWS" content={recipe} />
        </section>
      )}
      {infrastructure && <Members title="Infrastructure as stored by AWS" content={infrastructure} />}
      {distribution && <Members title="Distribution as stored by AWS" content={distribution} />}
    </div>
  );
}

const NOUNS = { "image-recipe": "image recipe", "container-recipe": "container recipe" };

function Members({ title, content }: { title: string; content: JsonObject }) {
  const text = JSON.stringify(content, null, 2);
  return (
    <details className="rounded border border-line">
      <summary className="cursor-pointer px-2.5 py-1.5 text-ink-2">{title}</summary>
      <div className="relative">
        <span className="absolute top-1.5 right-1.5">
          <CopyButton text={text} label={`Copy ${title.toLowerCase()}`} />
        </span>
        <pre className="m-0 max-h-[50vh] overflow-auto bg-sunken px-2.5 py-2 font-mono text-xs">{text}</pre>
      </div>
    </details>
  );
}

const listOf = (value: Json | undefined): JsonObject[] =>
  (Array.isArray(value) ? value : []).filter(isJsonObject);
