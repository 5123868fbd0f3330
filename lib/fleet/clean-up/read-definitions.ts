import "server-only";
import { KIND_FACTS } from "@/lib/definitions/resource-kinds";
import { referencesOf, refersTo } from "@/lib/definitions/resource-references";
import type { JsonObject, ResourceReference } from "@/lib/definitions/types";
import { allResources } from "@/lib/image-builder/resources/all-resources";
import { readResource } from "@/lib/image-builder/resources/read-resource";
import { maySee } from "@/lib/use-case/authorize-names";
import { unlessFailed, unlessGone } from "@/lib/use-case/unless-failed";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import type { Use } from "./types";

/** The kinds that name something else. */
const NAMING = [
  "image-recipe",
  "container-recipe",
  "image-pipeline",
  "lifecycle-policy",
  "distribution-configuration",
] as const;
type NamingKind = (typeof NAMING)[number];
type Definition = { kind: NamingKind; arn: string; name: string; version?: string; content: JsonObject };

/** Everything in the account that names something else, and the kinds that could not be read, each with the reason. */
export type Definitions = { known: Definition[]; unread: { kind: NamingKind; reason: string }[] };

/** Reads all of it: AWS has no call that says who names a resource. */
export async function readDefinitions(ctx: UseCaseContext): Promise<Definitions> {
  const found = await Promise.all(
    NAMING.map(async (kind) => {
      const { value, reason } = await unlessFailed(definitionsOf(ctx, kind), []);
      return { known: value, unread: reason ? [{ kind, reason }] : [] };
    }),
  );
  return {
    known: found.flatMap(({ known }) => known),
    unread: found.flatMap(({ unread }) => unread),
  };
}

async function definitionsOf(ctx: UseCaseContext, kind: NamingKind): Promise<Definition[]> {
  const rows = await allResources(ctx, kind);
  const read = await Promise.all(
    rows.map(async ({ arn, name, version }) => {
      const content = await unlessGone(readResource(ctx, kind, arn), undefined);
      return content ? [{ kind, arn, name, ...(version && { version }), content }] : [];
    }),
  );
  return read.flat();
}

export const idOfResource = ({ kind, arn }: { kind: string; arn: string }) => `${kind} ${arn}`;

/** What names a thing: `names` looks at each definition of `kinds`. What is outside of the actor's role is not named. */
export function usesIn(
  ctx: UseCaseContext,
  { known, unread }: Definitions,
  kinds: readonly NamingKind[],
  names: (definition: Definition) => boolean,
): { usedBy: Use[]; notKnown: string[] } {
  const users = known.filter((one) => kinds.includes(one.kind) && names(one));
  return {
    usedBy: users.map((one) => ({
      id: idOfResource(one),
      text: maySee(ctx, one)
        ? `the ${KIND_FACTS[one.kind].one} ${[one.name, one.version].filter(Boolean).join(" ")}`
        : "something outside your role",
    })),
    notKnown: unread
      .filter(({ kind }) => kinds.includes(kind))
      .map(({ kind, reason }) => `Not known whether ${KIND_FACTS[kind].many} use it. ${reason}`),
  };
}

/** What names a resource or a build of an image. */
export const usesOfResource = (
  ctx: UseCaseContext,
  definitions: Definitions,
  resource: ResourceReference,
): { usedBy: Use[]; notKnown: string[] } =>
  usesIn(ctx, definitions, NAMED_BY[resource.kind] ?? [], ({ kind, content }) =>
    referencesOf(kind, content).some((reference) => refersTo(reference, resource)),
  );

const RECIPES = ["image-recipe", "container-recipe"] as const;
const NAMED_BY: Partial<Record<ResourceReference["kind"], readonly NamingKind[]>> = {
  image: RECIPES,
  component: RECIPES,
  "image-recipe": ["image-pipeline", "lifecycle-policy"],
  "container-recipe": ["image-pipeline", "lifecycle-policy"],
  "infrastructure-configuration": ["image-pipeline"],
  "distribution-configuration": ["image-pipeline"],
  workflow: ["image-pipeline"],
};

/** Recipes whose base image is this text, such as an AMI's ID. */
export const recipesOnBase = (
  ctx: UseCaseContext,
  definitions: Definitions,
  isBase: (parentImage: string) => boolean,
) => usesIn(ctx, definitions, RECIPES, ({ content }) => isBase(String(content.parentImage ?? "")));
