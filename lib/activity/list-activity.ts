import "server-only";
import { findAuditRows } from "@/lib/audit/find-audit-rows";
import { queryWithin } from "@/lib/audit-trail/audit-reach";
import { auditSubject } from "@/lib/audit-trail/audit-subject";
import { toAuditTrailRow } from "@/lib/audit-trail/to-audit-trail-row";
import { permits, refusalSentence } from "@/lib/auth/permissions";
import { urls } from "@/lib/core/urls";
import { capitalize } from "@/lib/core/words";
import { readEndedRollOuts } from "@/lib/fleet/roll-outs/read-ended-roll-outs";
import type { RollOutRow } from "@/lib/fleet/roll-outs/types";
import { readLatestEnds } from "@/lib/history/read-index";
import type { EndedBuild } from "@/lib/history/types";
import { useCase } from "@/lib/use-case/use-case";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { type ActivityCursor, type ActivityInput, activitySchema, writeCursor } from "./schemas";
import type { ActivityEntry, ActivityKind, ActivityOutcome, ActivityPage } from "./types";

const ENTRIES_A_PAGE = 50;
/** One more than shown tells where the next page begins. */
const LIMIT = ENTRIES_A_PAGE + 1;

/** An entry, and the cursor at which a page begins with it. */
type Placed = { entry: ActivityEntry; start: ActivityCursor };

/**
 * What happened in a target, latest first: changes that people made here, builds and roll-outs that ended. Changes are
 * for those who may read the audit, and everything is kept to names that the actor may see. `from` is the `next` of
 * the page before.
 */
export const listActivity = useCase(
  "list-activity",
  activitySchema,
  async ({ ctx, input }): Promise<ActivityPage> => {
    const mayReadChanges = permits(ctx.actor, "list-audit-rows", ctx.target.id);
    const [changes, ends, rollOuts] = await Promise.all([
      mayReadChanges && isWanted(input, "change") ? readChanges(ctx, input) : [],
      isWanted(input, "build") ? readBuilds(ctx, input) : undefined,
      isWanted(input, "roll-out") ? readRollOuts(ctx, input) : [],
    ]);
    const { shown, left } = mergeLatest([changes, ends?.placed ?? [], rollOuts], ENTRIES_A_PAGE);
    // The first one of each source that is left over is where the next page takes it up.
    const next = writeCursor(Object.assign({}, ...left.map(({ start }) => start)));
    return {
      entries: shown.map(({ entry }) => entry),
      ...(next !== undefined && { next }),
      ...(!mayReadChanges && {
        changesHidden: `${refusalSentence("list-audit-rows", ctx.target.label)}, so changes are left out.`,
      }),
      ...(ends?.syncedAt && { buildsAsOf: ends.syncedAt }),
      ...(ends?.mistake && { buildsBehind: ends.mistake }),
    };
  },
);

/**
 * The latest of several lists, each in its own order, and what each of them has next: the audit's order is that of its
 * rows, whose instants may be a moment apart the other way round.
 */
function mergeLatest(lists: Placed[][], count: number): { shown: Placed[]; left: Placed[] } {
  const rest = lists.map((list) => [...list]);
  const shown: Placed[] = [];
  while (shown.length < count) {
    const heads = rest.filter(([head]) => head !== undefined);
    const latest = heads.toSorted(
      ([a], [b]) => Date.parse(b?.entry.at ?? "") - Date.parse(a?.entry.at ?? ""),
    )[0];
    const next = latest?.shift();
    if (!next) break;
    shown.push(next);
  }
  return { shown, left: rest.flatMap(([head]) => head ?? []) };
}

/** Which outcomes a kind can have. */
const OUTCOMES: Record<ActivityKind, readonly ActivityOutcome[]> = {
  change: ["succeeded", "failed", "refused"],
  build: ["succeeded", "failed", "canceled"],
  "roll-out": ["succeeded", "failed", "canceled", "rolled back", "not known"],
};
const CURSOR_OF = { change: "change", build: "build", "roll-out": "rollOut" } as const;

function isWanted({ kind, outcome, from }: ActivityInput, asked: ActivityKind): boolean {
  if (kind !== undefined && kind !== asked) return false;
  if (outcome !== undefined && !OUTCOMES[asked].includes(outcome)) return false;
  return from === undefined || from[CURSOR_OF[asked]] !== undefined;
}

async function readChanges(
  ctx: UseCaseContext,
  { who, name, outcome, from }: ActivityInput,
): Promise<Placed[]> {
  const result = outcome as "succeeded" | "failed" | "refused" | undefined;
  const query = { ...(await queryWithin(ctx, { who, resource: name, result })), changesOnly: true };
  const before = from?.change === undefined ? undefined : from.change + 1;
  const rows = await findAuditRows(await ctx.database(), query, { before, limit: LIMIT });
  return rows.map((stored) => {
    const row = toAuditTrailRow(stored);
    const { name: about, href } = auditSubject(row);
    const words = row.action.replaceAll("-", " ");
    return {
      start: { change: row.sequence },
      entry: {
        id: `change-${row.sequence}`,
        kind: "change",
        at: row.at,
        who: row.actorName,
        title: `${capitalize(words)}${about === undefined ? "" : ` ${about}`}`,
        outcome: row.result,
        ...(row.reason !== undefined && { detail: row.reason }),
        href: href ?? urls.audit(ctx.target.id),
      },
    };
  });
}

async function readBuilds(ctx: UseCaseContext, { who, name, outcome, from }: ActivityInput) {
  const result = outcome === "canceled" ? "cancelled" : (outcome as "succeeded" | "failed" | undefined);
  const { builds, ...freshness } = await readLatestEnds(ctx, {
    ...{ who, name, result },
    from: from?.build,
    limit: LIMIT,
  });
  return { ...freshness, placed: builds.map((build) => placedBuild(ctx, build)) };
}

function placedBuild({ target }: UseCaseContext, ended: EndedBuild): Placed {
  const { id, name, version, build, displayName, result, endedAt, startedBy, ruleTitle, reason } = ended;
  const detail = result === "succeeded" ? undefined : (ruleTitle ?? reason);
  return {
    start: { build: { atMs: Date.parse(endedAt), id } },
    entry: {
      id: `build-${id}`,
      kind: "build",
      at: endedAt,
      ...(startedBy !== undefined && { who: startedBy }),
      title: `Build ${displayName || name} ${version}/${build}`,
      outcome: result === "cancelled" ? "canceled" : result,
      ...(detail !== undefined && { detail }),
      href: urls.imageBuild(target.id, { name, version, build }),
    },
  };
}

/** AWS's words for the end of an instance refresh, and the console's own for one of which AWS says nothing. */
const ENDS: Record<string, ActivityOutcome> = {
  Successful: "succeeded",
  Failed: "failed",
  "Not started": "failed",
  Cancelled: "canceled",
  RollbackSuccessful: "rolled back",
  RollbackFailed: "failed",
  "Not known": "not known",
};

async function readRollOuts(
  ctx: UseCaseContext,
  { who, name, outcome, from }: ActivityInput,
): Promise<Placed[]> {
  const statuses = Object.keys(ENDS).filter((status) => ENDS[status] === outcome);
  const rows = await readEndedRollOuts(ctx, {
    ...{ who, name, from: from?.rollOut, limit: LIMIT },
    ...(outcome !== undefined && { statuses }),
  });
  return rows.map((row) => placedRollOut(ctx, row));
}

function placedRollOut({ target }: UseCaseContext, row: RollOutRow): Placed {
  const { id, group, startedBy, status, reason, after, endedAt = "" } = row;
  const detail = [after.image && `To ${after.image}.`, reason].filter(Boolean).join(" ");
  return {
    start: { rollOut: { atMs: Date.parse(endedAt), id } },
    entry: {
      id: `roll-out-${id}`,
      kind: "roll-out",
      at: endedAt,
      who: startedBy,
      title: `Roll-out to ${group}`,
      outcome: ENDS[status] ?? "not known",
      ...(detail !== "" && { detail }),
      href: urls.rollOut(target.id, id),
    },
  };
}
