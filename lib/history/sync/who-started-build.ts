import "server-only";
import { and, asc, eq, inArray, sql } from "drizzle-orm";
import { normalizeName } from "@/lib/core/name-rule";
import { auditRows } from "@/lib/db/schema";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";

/** The name of who started a build in this console; undefined for a build that began elsewhere or by itself. */
export async function whoStartedBuild(
  { database, target }: Pick<UseCaseContext, "database" | "target">,
  { arn, buildType, pipelineName }: { arn: string; buildType?: string; pipelineName?: string },
): Promise<string | undefined> {
  if (buildType !== "USER_INITIATED" || !pipelineName) return undefined;
  const { orm } = await database();
  const [row] = await orm
    .select({ name: auditRows.actorName })
    .from(auditRows)
    .where(
      and(
        eq(auditRows.targetId, target.id),
        // As AWS shows the name, and as it stands in addresses: an index answers these two.
        inArray(auditRows.resource, [pipelineName, normalizeName(pipelineName)]),
        eq(auditRows.result, "succeeded"),
        sql`${auditRows.after} ->> 'imageBuildVersionArn' = ${arn}`,
      ),
    )
    .orderBy(asc(auditRows.at))
    .limit(1);
  return row?.name;
}
