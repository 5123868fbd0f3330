"use client";
import Link from "next/link";
import { TagsCard } from "@/components/resources/tags-card";
import { Card } from "@/components/ui/card";
import { FactList } from "@/components/ui/fact-list";
import { Mono } from "@/components/ui/mono";
import { urls } from "@/lib/core/urls";
import type { ImageBuild } from "@/lib/image-builder/image-builds/types";
import { ImageDefinitionPanel } from "./image-definition-panel";

/** What a build was made from, with its identifiers and tags. */
export function BuildRecipe({ target, build }: { target: string; build: ImageBuild }) {
  const { arn, recipe, infrastructure, distribution, parentImage, osVersion, platform, log } = build;
  return (
    <div className="grid gap-4 lg:grid-cols-[minmax(0,1.45fr)_minmax(0,1fr)]">
      <Card title="Recipe as built" flush>
        <ImageDefinitionPanel target={target} build={build} />
      </Card>
      <div className="grid min-w-0 content-start gap-4">
        <Card title="Details">
          <FactList
            facts={[
              { label: "ARN", value: <Mono copy>{arn}</Mono> },
              { label: "Platform", value: osVersion ?? platform },
              { label: "Base image", value: parentImage && <Mono copy>{parentImage}</Mono> },
              { label: "Recipe", value: recipe && <ResourceLink target={target} {...recipe} /> },
              {
                label: "Infrastructure",
                value: infrastructure && (
                  <ResourceLink target={target} kind="infrastructure-configuration" name={infrastructure} />
                ),
              },
              {
                label: "Distribution",
                value: distribution && (
                  <ResourceLink target={target} kind="distribution-configuration" name={distribution} />
                ),
              },
              { label: "Log group", value: <Mono copy>{log.group}</Mono> },
              { label: "Log stream", value: <Mono copy>{log.stream}</Mono> },
              ...build.hidden.map(({ part, reason }) => ({ label: part, value: reason })),
            ]}
          />
        </Card>
        <TagsCard target={target} arn={arn} tags={build.tags} />
      </div>
    </div>
  );
}

function ResourceLink({ target, ...key }: { target: string } & Parameters<typeof urls.resource>[1]) {
  return (
    <Link href={urls.resource(target, key)} prefetch={false}>
      {[key.name, key.version].filter(Boolean).join(" ")}
    </Link>
  );
}
