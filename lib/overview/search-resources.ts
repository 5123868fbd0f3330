import "server-only";
import { z } from "zod";
import { RESOURCE_KINDS, type ResourceKind } from "@/lib/core/resource-names";
import { KIND_FACTS } from "@/lib/definitions/resource-kinds";
import { listResources } from "@/lib/image-builder/resources/list-resources";
import { toConsoleError } from "@/lib/use-case/console-error";
import { useCase } from "@/lib/use-case/use-case";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { findBuilds } from "./find-builds";
import { listPipelines } from "./list-pipelines";
import { buildHits, type Matches, MOST_OF_A_KIND, MOST_TEXT, searchWords } from "./search-builds";
import type { SearchAnswer, SearchHit } from "./search-types";

const KINDS = RESOURCE_KINDS.filter((kind) => kind !== "image-pipeline");

/**
 * Pipelines, builds, AMIs and resources whose name, version, AMI or recipe contains every word of `text`; pipelines
 * first. Builds and AMIs are looked up in the whole history. A list that cannot be read costs its own hits only.
 */
export const searchResources = useCase(
  "search-resources",
  z.object({ text: z.string().max(MOST_TEXT), only: z.enum(["everything", "builds"]).default("everything") }),
  async ({ ctx, input: { text, only } }): Promise<SearchAnswer> => {
    const { words, matches } = searchWords(text);
    if (words.length === 0) return { hits: [], unread: [] };
    const unread = new Set<string>();
    const orNone = (what: string, part: Promise<SearchHit[]>) =>
      part.catch((error: unknown): SearchHit[] => {
        unread.add(`Couldn't search ${what}. ${toConsoleError(error).message}`);
        return [];
      });
    const isForAll = only === "everything";
    const parts = await Promise.all([
      isForAll ? orNone("pipelines", pipelinesThat(ctx, matches)) : [],
      orNone("builds", buildsWith(ctx, text, words)),
      ...(isForAll
        ? KINDS.map((kind) => orNone(KIND_FACTS[kind].many, resourcesThat(ctx, kind, matches)))
        : []),
    ]);
    return { hits: parts.flat(), unread: [...unread] };
  },
);

async function pipelinesThat(ctx: UseCaseContext, matches: Matches): Promise<SearchHit[]> {
  const { pipelines } = await listPipelines({ ctx });
  return pipelines
    .filter(({ name, recipe, description = "" }) => matches(name, recipe.name, description))
    .slice(0, MOST_OF_A_KIND)
    .map(({ name, recipe, lastBuild }) => ({
      kind: "pipeline",
      name,
      detail: `${recipe.name} ${recipe.version}`,
      ...(lastBuild && { status: lastBuild.status }),
    }));
}

async function buildsWith(ctx: UseCaseContext, q: string, words: string[]): Promise<SearchHit[]> {
  const { builds } = await findBuilds({ ctx, input: { q } });
  return buildHits(builds, words).map(({ hit }) => hit);
}

async function resourcesThat(
  ctx: UseCaseContext,
  kind: ResourceKind,
  matches: Matches,
): Promise<SearchHit[]> {
  const rows = await listResources({ ctx, input: { kind } });
  // Versions come latest first: of each name the first one stands for all.
  const latest = new Map(rows.toReversed().map((row) => [row.name, row]));
  return [...latest.values()]
    .filter(({ name, description = "" }) => matches(name, KIND_FACTS[kind].one, description))
    .toSorted((a, b) => a.name.localeCompare(b.name))
    .slice(0, MOST_OF_A_KIND)
    .map(({ name, version }) => ({
      kind: "resource",
      of: kind,
      name,
      detail: [KIND_FACTS[kind].one, version].filter(Boolean).join(" "),
      ...(version && { version }),
    }));
}
