import "server-only";
import type { ResourceKind } from "@/lib/core/resource-names";
import { nextVersion } from "@/lib/definitions/resource-versions";
import type { JsonObject } from "@/lib/definitions/types";
import { toCreateInput } from "@/lib/definitions/writable-members";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { getResource } from "./get-resource";

type Query = Record<string, string | string[] | undefined>;

/** What an empty form of a kind holds. */
const EMPTY: Partial<Record<ResourceKind, JsonObject>> = {
  component: { name: "", semanticVersion: "1.0.0", platform: "Linux" },
  workflow: { name: "", semanticVersion: "1.0.0", type: "BUILD" },
  "image-recipe": { name: "", semanticVersion: "1.0.0", parentImage: "", components: [] },
  "container-recipe": {
    containerType: "DOCKER",
    name: "",
    semanticVersion: "1.0.0",
    parentImage: "",
    components: [],
    targetRepository: { service: "ECR", repositoryName: "" },
    dockerfileTemplateData:
      "FROM {{{ imagebuilder:parentImage }}}\n{{{ imagebuilder:environments }}}\n{{{ imagebuilder:components }}}\n",
  },
};

/**
 * What the form of a new resource begins with, by its address: nothing, another version of `from` with the next
 * number and everything it holds, or a copy of it under another name. `previous` is what a version follows,
 * `dependents` how many pipelines and other resources name that.
 */
export async function resourceToBeginWith(
  ctx: UseCaseContext,
  kind: ResourceKind,
  { from, version, as, owner }: Query,
): Promise<{ initial: JsonObject; previous?: JsonObject; dependents?: number }> {
  if (typeof from !== "string") return { initial: EMPTY[kind] ?? { name: "" } };
  const found = await getResource({
    ctx,
    input: {
      kind,
      name: from,
      version: typeof version === "string" ? version : undefined,
      owner: typeof owner === "string" ? owner : undefined,
    },
  });
  const previous = toCreateInput(kind, found.content);
  const { tags: _, ...content } = previous;
  const isVersion = as === "version";
  const number = isVersion ? nextVersion(found.versions.map((one) => one.version)) : "1.0.0";
  const initial: JsonObject = { ...content };
  if (previous.semanticVersion) initial.semanticVersion = number;
  if (Object.keys(found.tags).length > 0) initial.tags = found.tags;
  if (!isVersion) initial.name = `${found.name}-copy`;
  return { initial, previous: isVersion ? previous : undefined, dependents: found.usedBy.length };
}
