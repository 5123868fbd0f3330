import "server-only";
import { referencesOf } from "@/lib/definitions/resource-references";
import { resourceKeySchema } from "@/lib/definitions/schemas";
import { toResourceSummary } from "@/lib/definitions/to-resource-summary";
import type { Resource } from "@/lib/definitions/types";
import { useCase } from "@/lib/use-case/use-case";
import { dependentsOf } from "./dependents-of";
import { findResource } from "./find-resource";
import { reachedPipelines } from "./reached-pipelines";
import { readResource } from "./read-resource";

/** One resource with all its members, its other versions, what it uses and what uses it. Throws `not-found`. */
export const getResource = useCase(
  "get-resource",
  resourceKeySchema,
  async ({ ctx, input: key }): Promise<Resource> => {
    const { kind } = key;
    const { found, versions } = await findResource(ctx, key);
    const [content, { usedBy, hidden }] = await Promise.all([
      readResource(ctx, kind, found.arn),
      dependentsOf(ctx, found),
    ]);
    const reached = await reachedPipelines(ctx, usedBy);
    const reasons = [hidden, reached.hidden].filter((reason) => reason !== undefined);
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
      usedThrough: reached.pipelines,
      usedByHidden: reasons.length > 0 ? reasons.join(" ") : undefined,
    };
  },
);
