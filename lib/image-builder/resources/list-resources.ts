import "server-only";
import { z } from "zod";
import { permits } from "@/lib/auth/permissions";
import { RESOURCE_OWNERS } from "@/lib/core/resource-names";
import { compareVersions } from "@/lib/definitions/resource-versions";
import { resourceKindField } from "@/lib/definitions/schemas";
import type { ResourceSummary } from "@/lib/definitions/types";
import { useCase } from "@/lib/use-case/use-case";
import { allResources } from "./all-resources";

const inputSchema = z.object({
  kind: resourceKindField,
  owner: z.enum(RESOURCE_OWNERS, "There is no such owner.").optional(),
});

/** The resources of one kind that the actor may see, by name, of a versioned kind each version, newest first. */
export const listResources = useCase(
  "list-resources",
  inputSchema,
  async ({ ctx, input: { kind, owner = "Self" } }): Promise<ResourceSummary[]> => {
    const rows = await allResources(ctx, kind, owner);
    return rows
      .filter(({ name }) => owner !== "Self" || permits(ctx.actor, "get-resource", ctx.target.id, name))
      .toSorted((a, b) => a.name.localeCompare(b.name) || compareVersions(b.version, a.version));
  },
);
