import "server-only";
import { z } from "zod";
import { nameInArn } from "@/lib/core/arn";
import type { ResourceKind } from "@/lib/core/resource-names";
import { versionMatches } from "@/lib/definitions/resource-versions";
import { resourceKindField } from "@/lib/definitions/schemas";
import type { ResourceSummary } from "@/lib/definitions/types";
import { readKeptUses } from "@/lib/history/read-kept-uses";
import { allResources } from "@/lib/image-builder/resources/all-resources";
import { maySee } from "@/lib/use-case/authorize-names";
import { toConsoleError } from "@/lib/use-case/console-error";
import { useCase } from "@/lib/use-case/use-case";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { judgeCleanUp } from "./judge-clean-up";
import { readDefinitions } from "./read-definitions";
import { resourceThings } from "./resource-things";
import type { BulkDeletionPlan, Thing } from "./types";

const MOST_NAMES = 100;

const inputSchema = z.strictObject({
  resources: z
    .array(z.strictObject({ kind: resourceKindField, name: z.string().min(1).max(256) }))
    .min(1, "Choose what to delete.")
    .max(MOST_NAMES, `Choose at most ${MOST_NAMES} names at a time.`),
});

/**
 * Which versions of some names can be deleted, in a safe order, and which stay and why: whatever a recipe, a pipeline,
 * a policy, or a build that AWS still has uses, and what was not known. Asks AWS about everything and changes nothing.
 */
export const planBulkDeletion = useCase(
  "plan-bulk-deletion",
  inputSchema,
  async ({ ctx, input: { resources } }): Promise<BulkDeletionPlan> => {
    const kinds = [...new Set(resources.map(({ kind }) => kind))];
    const [definitions, ...found] = await Promise.all([
      readDefinitions(ctx),
      ...kinds.map((kind) => versionsOf(ctx, kind, resources)),
    ]);
    const rows = found.flat();
    const made = { images: [], amis: [], snapshots: [], templates: [], parameters: [], resources: rows };
    const things = await resourceThings(ctx, made, definitions);
    return judgeCleanUp(await withKeptBuilds(ctx, rows, things));
  },
);

async function versionsOf(
  ctx: UseCaseContext,
  kind: ResourceKind,
  wanted: { kind: ResourceKind; name: string }[],
): Promise<ResourceSummary[]> {
  const names = new Set(wanted.flatMap((one) => (one.kind === kind ? [one.name] : [])));
  const rows = await allResources(ctx, kind);
  return rows.filter((row) => names.has(row.name) && maySee(ctx, row));
}

/** AWS says of a recipe which builds it made. Of what ran in a build, only the history knows. */
async function withKeptBuilds(
  ctx: UseCaseContext,
  rows: ResourceSummary[],
  things: Thing[],
): Promise<Thing[]> {
  const kinds = ["component", "workflow"] as const;
  const byArn = new Map(rows.map((row) => [row.arn, row]));
  if (!kinds.some((kind) => rows.some((row) => row.kind === kind))) return things;
  const read = await readKeptUses(ctx).catch((error: unknown) => {
    if (toConsoleError(error).code !== "unavailable") throw error;
    return undefined;
  });
  return things.map((thing) => {
    const row = byArn.get(thing.at && "arn" in thing.at ? thing.at.arn : "");
    const member =
      row?.kind === "component" ? "components" : row?.kind === "workflow" ? "workflows" : undefined;
    if (!row || !member) return thing;
    const users = (read?.kept ?? []).filter((build) =>
      build[member]?.some(
        ({ name, version }) => name === nameInArn(row.arn) && versionMatches(version, row.version),
      ),
    );
    const count = users.reduce((sum, build) => sum + build.count, 0);
    return {
      ...thing,
      usedBy: [
        ...thing.usedBy,
        ...(count > 0 ? [{ text: count === 1 ? "a build" : `${count} builds` }] : []),
      ],
      notKnown: [
        ...thing.notKnown,
        ...(read?.isListed
          ? []
          : ["Not known whether builds use it: the history of this account is not complete."]),
      ],
    };
  });
}
