import "server-only";
import { z } from "zod";
import { authorize } from "@/lib/auth/authorize";
import { permits, refusalSentence } from "@/lib/auth/permissions";
import { parseImageBuilderArn } from "@/lib/core/arn";
import { ConsoleFailure } from "@/lib/core/failure";
import { normalizeName } from "@/lib/core/name-rule";
import { changesInWords } from "@/lib/definitions/changes-in-words";
import { moveToAccount } from "@/lib/definitions/move-to-account";
import { KIND_FACTS } from "@/lib/definitions/resource-kinds";
import { referencesOf, refersTo } from "@/lib/definitions/resource-references";
import { compareVersions, nextVersion } from "@/lib/definitions/resource-versions";
import { resourceKindField } from "@/lib/definitions/schemas";
import type {
  AccountComparison,
  JsonObject,
  ResourceReference,
  ResourceSummary,
} from "@/lib/definitions/types";
import { toCreateInput } from "@/lib/definitions/writable-members";
import { unlessFailed } from "@/lib/use-case/unless-failed";
import { useCase } from "@/lib/use-case/use-case";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { allResources } from "./all-resources";
import { findResource } from "./find-resource";
import { readResource } from "./read-resource";

const inputSchema = z.object({
  kind: resourceKindField,
  name: z.string(),
  version: z.string().optional(),
  with: z.string("Choose an account.").min(1, "Choose an account."),
});

/**
 * How a resource differs from the one of its name in another account, what a copy of it would be there, and what of
 * that does not fit. Throws `not-found` for an account that the caller may not see.
 */
export const compareAccounts = useCase(
  "compare-accounts",
  inputSchema,
  async ({ ctx, input: { kind, name, version, with: otherId } }): Promise<AccountComparison> => {
    if (!ctx.targets.some(({ id }) => id === otherId && permits(ctx.actor, "list-targets", id)))
      throw new ConsoleFailure({ code: "not-found", message: "There is no such account." });
    const other = ctx.inTarget(otherId);
    await authorize(other, "get-resource", name);
    const { found } = await findResource(ctx, { kind, name, version });
    const own = toCreateInput(kind, await readResource(ctx, kind, found.arn));
    const moved = moveToAccount(own, { from: ctx.target, to: other.target });
    const theirs = await versionsOf(other, kind, found.name);
    const there = theirs.find((row) => row.version === found.version) ?? theirs[0];
    const before = there && toCreateInput(kind, await readResource(other, kind, there.arn));
    const isEqual = before !== undefined && changesInWords(before, moved.content).length === 0;
    const { copy, notes } = copyOf(kind, moved.content, theirs);
    const { label } = other.target;
    const { versioned, one } = KIND_FACTS[kind];
    const blocked = [
      ...(isEqual ? [`${label} has the same already.`] : []),
      ...(there && !versioned && !isEqual
        ? [`${label} already has a ${one} called ${there.name}. Edit it there.`]
        : []),
      ...(permits(ctx.actor, "create-resource", otherId, found.name)
        ? []
        : [`${refusalSentence("create-resource", label)}.`]),
    ];
    const lacks = await missingThere(other, referencesOf(kind, copy));
    return {
      label,
      ...(there && { there: { name: there.name, ...(there.version && { version: there.version }) } }),
      ...(before && { before }),
      after: moved.content,
      copy,
      lacks,
      notes: [...notes, ...moved.notes],
      blocked,
    };
  },
);

/** The versions of a name in an account, latest first; one row of a kind without versions. */
async function versionsOf(ctx: UseCaseContext, kind: ResourceSummary["kind"], name: string) {
  const wanted = normalizeName(name);
  const rows = await allResources(ctx, kind);
  return rows
    .filter(({ arn }) => parseImageBuilderArn(arn)?.name === wanted)
    .toSorted((a, b) => compareVersions(b.version, a.version));
}

/** What is created: a version that is not there yet, and a pipeline that does not start builds by itself. */
function copyOf(
  kind: ResourceSummary["kind"],
  content: JsonObject,
  theirs: ResourceSummary[],
): { copy: JsonObject; notes: string[] } {
  if (kind === "image-pipeline")
    return {
      copy: { ...content, status: "DISABLED" },
      notes: ["The copy is disabled until you enable it: its schedule starts no builds before."],
    };
  const { semanticVersion } = content;
  const taken = theirs.map(({ version }) => version);
  if (!taken.includes(String(semanticVersion)) || !KIND_FACTS[kind].versioned)
    return { copy: content, notes: [] };
  const next = nextVersion(taken);
  return {
    copy: { ...content, semanticVersion: next },
    notes: [`Version ${String(semanticVersion)} exists there, so the copy is ${next}.`],
  };
}

/** What a copy names and the account does not have, in sentences; what could not be looked at is said too. */
async function missingThere(ctx: UseCaseContext, references: ResourceReference[]): Promise<string[]> {
  const { label, accountId } = ctx.target;
  const said = await Promise.all(
    references.map(async (reference): Promise<string[]> => {
      if (parseImageBuilderArn(reference.arn)?.accountId !== accountId) return [];
      const words = [reference.name, reference.version].filter(Boolean).join(" ");
      if (reference.kind === "image")
        return [`Whether ${label} has the base image ${words} was not checked.`];
      const { kind } = reference;
      const { value: rows, reason } = await unlessFailed(allResources(ctx, kind), undefined);
      if (!rows)
        return [`Couldn't check the ${KIND_FACTS[kind].one} ${words} in ${label}. ${reason ?? ""}`.trim()];
      return rows.some((row) => refersTo(reference, row))
        ? []
        : [`${label} has no ${KIND_FACTS[kind].one} ${words}. Copy it first.`];
    }),
  );
  return [...new Set(said.flat())];
}
