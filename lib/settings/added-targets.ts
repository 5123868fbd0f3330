import "server-only";
import { targetSchema } from "@/lib/config/read-targets";
import type { Target } from "@/lib/core/target";
import type { Database } from "@/lib/db/database";
import { addedTargets } from "@/lib/db/schema";

/** The targets that administrators added, by name. A row that is no target any more is left out. */
export async function readAddedTargets({ orm }: Database): Promise<Target[]> {
  const rows = await orm.select().from(addedTargets).orderBy(addedTargets.label);
  return rows.flatMap(
    ({
      changedAt: _,
      changedBy: __,
      roleArn,
      externalId,
      environment,
      cloudWatchPipelines,
      ...row
    }): Target[] => {
      const written = {
        ...row,
        ...(roleArn && { roleArn }),
        ...(externalId && { externalId }),
        ...(environment && { environment }),
        ...(cloudWatchPipelines !== null && { cloudWatchPipelines }),
      };
      const parsed = targetSchema.safeParse(written);
      return parsed.success ? [{ ...parsed.data, isAdded: true }] : [];
    },
  );
}

/** Puts them behind the environment's, which win where an ID is in both. Changes the list itself: all read the one. */
export function applyAddedTargets(targets: Target[], added: Target[]): void {
  const own = targets.filter(({ isAdded }) => !isAdded);
  const ids = new Set(own.map(({ id }) => id));
  targets.splice(0, targets.length, ...own, ...added.filter(({ id }) => !ids.has(id)));
}
