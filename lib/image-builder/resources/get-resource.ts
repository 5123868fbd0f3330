import "server-only";
import { z } from "zod";
import { authorize } from "@/lib/auth/authorize";
import type { ResourceKey } from "@/lib/core/resource-names";
import { referencesOf } from "@/lib/definitions/resource-references";
import { resourceKindField } from "@/lib/definitions/schemas";
import { toResourceSummary } from "@/lib/definitions/to-resource-summary";
import type { Resource } from "@/lib/definitions/types";
import type { UseCase } from "@/lib/use-case/use-case-context";
import { dependentsOf } from "./dependents-of";
import { findResource } from "./find-resource";
import { readResource } from "./read-resource";

/** One resource with all its members, its other versions, what it uses and what uses it. Throws `not-found`. */
export async function getResource({ ctx, input }: UseCase<ResourceKey>): Promise<Resource> {
  await authorize(ctx, "get-resource", input.name);
  const { kind } = z.object({ kind: resourceKindField }).parse(input);
  const { found, versions } = await findResource(ctx, input);
  const [content, { usedBy, hidden }] = await Promise.all([
    readResource(ctx, kind, found.arn),
    dependentsOf(ctx, found),
  ]);
  const read = toResourceSummary(kind, content);
  const buildArn = read && read.arn !== found.arn ? read.arn : undefined;
  return {
    ...found,
    ...read,
    arn: found.arn,
    version: found.version ?? read?.version,
    buildArn,
    content,
    versions: versions.map(({ arn, version, createdAt, description }) => ({
      arn,
      version,
      createdAt,
      description,
    })),
    uses: referencesOf(kind, content),
    usedBy,
    usedByHidden: hidden,
  };
}
