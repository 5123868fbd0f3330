import "server-only";
import { authorize, refuse } from "@/lib/auth/authorize";
import { type Action, permits } from "@/lib/auth/permissions";
import { parseImageBuilderArn } from "@/lib/core/arn";
import { ConsoleFailure } from "@/lib/core/failure";
import { isPublic, isUnfinishedArn, type NamedThing, thingsNamedIn, typedOn } from "./named-things";
import type { UseCaseContext } from "./use-case-context";

/** Stands for all names: no grant with a beginning of names covers it. */
const ANY_NAME = "*";

/** What it takes to see a resource of each kind that another one can name. */
const seeing = (kind: string | undefined): Action => {
  if (kind === "image") return "get-image-versions";
  return kind === "image-pipeline" ? "get-pipeline" : "get-resource";
};

/** Whether the actor may see what a reference means; what belongs to Amazon or another account, everybody may. */
export function maySee(
  ctx: Pick<UseCaseContext, "actor" | "target">,
  { kind, arn, name }: { kind: string; arn: string; name: string },
): boolean {
  const owner = parseImageBuilderArn(arn)?.accountId;
  const isOwn = owner === undefined || owner === ctx.target.accountId;
  return !isOwn || permits(ctx.actor, seeing(kind), ctx.target.id, name);
}

/**
 * Whoever names a thing has the console's role read it or write to it: only what their grants cover may be named.
 * Every string of `input` is looked at. `action` is what they are about to do with it, and decides on what is
 * written to; `standing` gives what stood there before, which is nobody's news. What is `halfTyped` may become
 * what a grant covers, and is refused once it no longer can. Throws `forbidden`, on record.
 */
export async function authorizeNames(
  ctx: UseCaseContext,
  action: Action,
  input: unknown,
  { standing, halfTyped = false }: { standing?: () => Promise<unknown>; halfTyped?: boolean } = {},
): Promise<void> {
  const refused = thingsNamedIn(input).filter(
    (thing) => !mayName(ctx, action, thing) && !(halfTyped && mayBecomeNamed(ctx, action, thing)),
  );
  if (refused.length === 0) return;
  const before = new Set(thingsNamedIn(await standing?.().catch(nothingIfAbsent)).map(identity));
  const news = refused.find((thing) => !before.has(identity(thing)));
  if (!news) return;
  const needed = actionFor(news, action);
  if (news.kind === "image-builder") await authorize(ctx, needed, news.names[0]);
  await refuse(ctx, needed, news.shown);
}

/** Nothing stands where there is nothing; what could not be looked at stays an error. */
function nothingIfAbsent(error: unknown): undefined {
  if (!(error instanceof ConsoleFailure && error.detail.code === "not-found")) throw error;
  return undefined;
}

/** Whether a grant covers what is named, for somebody who wants to do `action` with it. */
export function mayName(
  { actor, target }: Pick<UseCaseContext, "actor" | "target">,
  action: Action,
  thing: NamedThing,
): boolean {
  if (isPublic(thing)) return true;
  if (thing.accountId !== undefined && thing.accountId !== target.accountId) return true;
  const needed = actionFor(thing, action);
  return [ANY_NAME, ...thing.names].some((name) => permits(actor, needed, target.id, name));
}

function mayBecomeNamed(
  ctx: Pick<UseCaseContext, "actor" | "target">,
  action: Action,
  thing: ReturnType<typeof thingsNamedIn>[number],
): boolean {
  if (isUnfinishedArn(thing)) return true;
  const prefixes = ctx.actor.grants.map(({ namePrefix = "" }) => namePrefix);
  return prefixes.some((prefix) => typedOn(thing, prefix).some((later) => mayName(ctx, action, later)));
}

/** What is only read, or shown, takes the right to see it; what is written to takes the right to the write. */
function actionFor({ kind, resourceKind }: NamedThing, action: Action): Action {
  if (kind === "image-builder") return seeing(resourceKind);
  if (kind === "image-log") return "read-build-log";
  if (kind === "pipeline-log") return "read-pipeline-log";
  return kind === "read-parameter" || kind === "read-repository" ? "list-choices" : action;
}

const identity = ({ kind, shown }: NamedThing) => `${kind} ${shown}`;
