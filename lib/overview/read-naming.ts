import "server-only";
import { LRUCache } from "lru-cache";
import { orAfter } from "@/lib/core/clock";
import type { ResourceKind } from "@/lib/core/resource-names";
import { capitalize } from "@/lib/core/words";
import { KIND_FACTS } from "@/lib/definitions/resource-kinds";
import { referencesOf } from "@/lib/definitions/resource-references";
import type { JsonObject, ResourceReference, ResourceSummary } from "@/lib/definitions/types";
import { allPipelines } from "@/lib/image-builder/pipelines/all-pipelines";
import { allResources } from "@/lib/image-builder/resources/all-resources";
import { readResource } from "@/lib/image-builder/resources/read-resource";
import { unlessFailed, unlessGone } from "@/lib/use-case/unless-failed";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import type { NamingResource } from "./judge-usage";

const LANES = 8;
/** A list does not wait longer; what comes later is there at the next poll. */
const PATIENCE_MS = 1_000;
const MOST_KEPT = 20_000;

type Named = { naming: NamingResource[]; notKnown: string[] };

/**
 * What resources of a kind name, as far as the calls for lists last: one list, and one call for each version that was
 * not read before. Pipelines cost nothing beside their list, which says what they name.
 */
export async function readNaming(ctx: UseCaseContext, kind: ResourceKind): Promise<Named> {
  const { many } = KIND_FACTS[kind];
  const listed = kind === "image-pipeline" ? listedPipelines(ctx) : versionsOf(ctx, kind);
  const { value, reason } = await unlessFailed(listed, { naming: [], unread: 0, why: undefined });
  const { naming, unread, why } = value;
  return {
    naming,
    notKnown: [
      ...(reason ? [`${capitalize(many)} could not be read. ${reason}`] : []),
      ...(unread > 0
        ? [
            [`${unread} ${unread === 1 ? KIND_FACTS[kind].one : many} not read yet.`, why]
              .filter(Boolean)
              .join(" "),
          ]
        : []),
    ],
  };
}

/** `why`: what AWS answered, where it refused some. */
type Read = { naming: NamingResource[]; unread: number; why?: string };

async function listedPipelines(ctx: UseCaseContext): Promise<Read> {
  const pipelines = await allPipelines(ctx);
  const naming = pipelines.map(({ arn, name = "", ...content }) => ({
    kind: "image-pipeline" as const,
    arn,
    name,
    // What of it is read are ARNs, which are text in both forms.
    names: referencesOf("image-pipeline", content as unknown as JsonObject),
  }));
  return { naming, unread: 0 };
}

/** What was read stays read for as long as it has not changed, across writes too, which make every other answer old. */
const KNOWN = new WeakMap<UseCaseContext["settings"], LRUCache<string, ResourceReference[]>>();

function knownBy({ settings }: UseCaseContext): LRUCache<string, ResourceReference[]> {
  const known = KNOWN.get(settings) ?? new LRUCache<string, ResourceReference[]>({ max: MOST_KEPT });
  KNOWN.set(settings, known);
  return known;
}

async function versionsOf(ctx: UseCaseContext, kind: ResourceKind): Promise<Read> {
  const rows = await allResources(ctx, kind, "Self", { forLists: true });
  const known = knownBy(ctx);
  const keyOf = ({ arn, createdAt, updatedAt }: ResourceSummary) => `${arn} ${updatedAt ?? createdAt}`;
  const gone = new Set<string>();
  const left = rows.filter((row) => !known.has(keyOf(row))).values();
  let isOver = false;
  let why: string | undefined;
  const lane = async () => {
    for (const row of left) {
      if (isOver) return;
      const reading = unlessGone(readResource(ctx, kind, row.arn, { forLists: true }), undefined);
      const { value, reason } = await unlessFailed(reading, undefined);
      if (reason) {
        why = reason;
        return;
      }
      if (value) known.set(keyOf(row), referencesOf(kind, value));
      else gone.add(row.arn);
    }
  };
  const lanes = Promise.all(Array.from({ length: LANES }, lane));
  lanes.catch(() => undefined);
  await orAfter(PATIENCE_MS, lanes, () => undefined).finally(() => {
    isOver = true;
  });
  const there = rows.filter(({ arn }) => !gone.has(arn));
  const naming = there.flatMap((row) => {
    const names = known.get(keyOf(row));
    const { arn, name, version } = row;
    return names ? [{ kind, arn, name, ...(version && { version }), names }] : [];
  });
  return { naming, unread: there.length - naming.length, why };
}
