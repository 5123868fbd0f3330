import "server-only";
import { sql } from "drizzle-orm";
import { wellFormedText } from "@/lib/core/canonical-text";
import { ConsoleFailure } from "@/lib/core/failure";
import type { Orm } from "@/lib/db/database";
import { historyPackages } from "@/lib/db/history-schema";
import { listImagePackages } from "@/lib/image-builder/image-contents/list-image-packages";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { readRows } from "../statistics/history-scope";

type Image = { id: number; name: string; version: string; build: string };

/** An image of ten thousand packages has less. */
const MOST_TEXT = 1_000_000;

/**
 * Keeps the packages of one image that is the newest good one of its pipeline and whose packages are not known yet.
 * AWS lists 25 packages a call, so that an image costs some forty. Gives what came of it: `none` when there was
 * nothing to read, `denied` when the role may not list packages.
 */
export async function readNextPackages(ctx: UseCaseContext, orm: Orm): Promise<"read" | "none" | "denied"> {
  const targetId = ctx.target.id;
  const [image] = await readRows<Image>(
    orm,
    sql`select b.id::float8 as id, b.name, b.version, b.build
      from history_pipelines p join history_builds b on b.id = p.last_good_id
      left join ${historyPackages} k on k.build_id = b.id
      where p.target_id = ${targetId} and k.build_id is null and b.gone_at is null
      order by b.created_at desc limit 1`,
  );
  if (!image) return "none";
  const { id: buildId, ...input } = image;
  const packages = await readPackages(ctx, input);
  if (packages === undefined) return "denied";
  await orm.insert(historyPackages).values({ buildId, targetId, packages }).onConflictDoNothing();
  return "read";
}

/** A line `name version` for each package; none for an image without an inventory or one that is gone. */
async function readPackages(ctx: UseCaseContext, input: Omit<Image, "id">): Promise<string | undefined> {
  try {
    const { packages } = await listImagePackages({ ctx, input });
    const lines = packages.map(({ name, version }) => `${oneLine(name)} ${oneLine(version)}\n`).join("");
    return wellFormedText(lines.slice(0, MOST_TEXT));
  } catch (error) {
    const code = error instanceof ConsoleFailure ? error.detail.code : undefined;
    if (code === "access-denied") return undefined;
    if (code === "not-found" || code === "invalid") return "";
    throw error;
  }
}

const oneLine = (text: string) => text.replaceAll(/\s+/g, " ").trim();
