import "server-only";
import { and, eq, inArray, sql } from "drizzle-orm";
import type { Orm } from "@/lib/db/database";
import { historyBuilds, historyKept } from "@/lib/db/history-schema";

/** Counts the images of pipelines that AWS still has, and the volumes of their snapshots in each Region. */
export async function countKept(tx: Orm, targetId: string, pipelines: string[]): Promise<void> {
  await tx
    .delete(historyKept)
    .where(and(eq(historyKept.targetId, targetId), inArray(historyKept.pipeline, pipelines)));
  await tx.execute(sql`
    insert into ${historyKept} (target_id, pipeline, images, gib)
    select b.target_id, b.pipeline, count(*),
      coalesce(sum(b.volume_gib::bigint * greatest(1, jsonb_array_length(coalesce(b.amis, '[]'::jsonb)))), 0)
    from ${historyBuilds} b
    where b.target_id = ${targetId} and b.pipeline in ${pipelines} and b.result = 'succeeded'
      and b.gone_at is null and b.status <> 'DELETED' and b.image_type = 'AMI'
    group by 1, 2`);
}
