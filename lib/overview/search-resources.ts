import "server-only";
import { z } from "zod";
import type { ImageBuildSummary } from "@/lib/image-builder/image-builds/types";
import { useCase } from "@/lib/use-case/use-case";
import { listImageBuilds } from "./list-image-builds";
import { listPipelines } from "./list-pipelines";
import type { SearchHit } from "./search-types";

const MAX_HITS = 20;

/** Pipelines and builds whose name, version, AMI or recipe holds every word of `text`; pipelines first. */
export const searchResources = useCase(
  "search-resources",
  z.object({ text: z.string() }),
  async ({ ctx, input: { text } }): Promise<SearchHit[]> => {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    const matches = (...texts: string[]) => {
      const whole = texts.join(" ").toLowerCase();
      return words.every((word) => whole.includes(word));
    };
    const [{ pipelines }, builds] = await Promise.all([listPipelines({ ctx }), listImageBuilds({ ctx })]);
    const hits: SearchHit[] = [
      ...pipelines
        .filter(({ name, recipe, description = "" }) => matches(name, recipe.name, description))
        .map(({ name, recipe }) => ({
          kind: "pipeline" as const,
          name,
          detail: `${recipe.name} ${recipe.version}`,
        })),
      ...builds
        .filter((build) =>
          matches(build.displayName, titleOf(build), ...build.amis.map(({ amiId }) => amiId)),
        )
        .map((build) => ({
          kind: "image-build" as const,
          key: { name: build.name, version: build.version, build: build.build },
          name: titleOf(build),
          detail: build.status,
        })),
    ];
    return hits.slice(0, MAX_HITS);
  },
);

const titleOf = ({ name, version, build }: ImageBuildSummary) => `${name} ${version}/${build}`;
