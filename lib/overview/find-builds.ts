import "server-only";
import { dayAt } from "@/lib/history/calendar-day";
import { countPackageLists, readFoundBuilds } from "@/lib/history/read-index";
import { type BuildsAsked, findBuildsSchema } from "@/lib/history/schemas";
import type { FoundBuild } from "@/lib/history/types";
import { sharedOverAll } from "@/lib/use-case/ask-each-account";
import { sharedAnswer } from "@/lib/use-case/shared-answer";
import { useCase } from "@/lib/use-case/use-case";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { readAffectedImages } from "./affected-images";
import { accountStanding, readEachAccount } from "./all-accounts/each-account";
import { type AffectedInAll, readAffectedInAll } from "./all-accounts/read-affected-in-all";
import { buildsNow, type NewBuild } from "./builds-now";
import { permittedPipelines } from "./permitted-pipelines";
import type { FoundBuilds } from "./types";
import { unlessAway } from "./unless-away";

const PAGE_SIZE = 50;

/** Builds over everything that is kept, newest first, a page at a time; the first page has what is new. */
export const findBuilds = useCase("find-builds", findBuildsSchema, ({ ctx, input }) => {
  const question = `find-builds ${ctx.target.id} ${JSON.stringify(input)}`;
  // Who may see the same here may not see the same elsewhere.
  return input.targets === "all"
    ? sharedOverAll(ctx, question, () => findInAll(ctx, input))
    : sharedAnswer(ctx, question, () => find(ctx, input));
});

async function findInAll(ctx: UseCaseContext, question: BuildsAsked): Promise<FoundBuilds> {
  const [found, read] = await Promise.all([find(ctx, question), unlessAway(readEachAccount(ctx), [])]);
  const nowMs = ctx.clock.now();
  return { ...found, accounts: read.value.map((account) => accountStanding(account, nowMs)) };
}

async function find(ctx: UseCaseContext, question: BuildsAsked): Promise<FoundBuilds> {
  if (question.by === "cve") return findByCve(ctx, question);
  const [{ news, freshness }, found] = await Promise.all([
    permittedPipelines(ctx).then((pipelines) => buildsNow(ctx, pipelines)),
    unlessAway(readFoundBuilds(ctx, { question, limit: PAGE_SIZE }), { builds: [], total: 0 }),
  ]);
  const { builds, total, next }: Awaited<ReturnType<typeof readFoundBuilds>> = found.value;
  const page = { freshness, builds, total, ...(next && { next }) };
  // Packages are known of images that the index has.
  if (question.by === "package") return { ...page, reach: await reachOfPackages(ctx, question) };
  if (question.after !== undefined) return page;
  const { timeZone } = ctx.settings.history;
  const fresh = news.filter((build) => isAskedFor(build, question, timeZone));
  const changed = new Set(news.map(({ arn }) => arn));
  const merged = [
    ...fresh.map(
      ({ wasRunning: _, isIndexed: __, ...build }): FoundBuild => ({
        ...build,
        target: ctx.target.id,
        isGone: false,
      }),
    ),
    // What came to something else since is there once, as it is now, or asked for no more.
    ...builds.filter(({ arn, target }) => target !== ctx.target.id || !changed.has(arn)),
  ];
  return {
    freshness,
    builds: merged.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt)),
    total: total + fresh.filter(({ isIndexed }) => !isIndexed).length,
    ...(next && { next }),
  };
}

async function reachOfPackages(ctx: UseCaseContext, question: BuildsAsked): Promise<string> {
  const { value } = await unlessAway(countPackageLists(ctx, question), undefined);
  if (!value) return "The package index can't be read.";
  return `Packages are indexed for ${value.known} of ${value.images} latest images, and for images that were the latest before.`;
}

const CVE = /^CVE-\d{4}-\d{4,19}$/;

/** The images of this target, or of all, in which Amazon Inspector found it. */
async function findByCve(ctx: UseCaseContext, question: BuildsAsked): Promise<FoundBuilds> {
  const id = (question.q ?? "").trim().toUpperCase();
  const { freshness } = await buildsNow(ctx, await permittedPipelines(ctx));
  if (!CVE.test(id))
    return { freshness, builds: [], total: 0, reach: "Enter a whole CVE ID, such as CVE-2026-12345." };
  const isForAll = question.targets === "all";
  const affected: AffectedInAll = isForAll
    ? await readAffectedInAll(ctx, id)
    : { ...(await readAffectedImages(ctx, id)), unread: [] };
  const { packages, isWhole, unread } = affected;
  const { builds, total, next } = await readFoundBuilds(ctx, {
    question,
    limit: PAGE_SIZE,
    arns: [...packages.keys()],
  });
  return {
    freshness,
    builds: builds.map((build) => ({ ...build, matched: packages.get(build.arn) ?? [] })),
    total,
    ...(next && { next }),
    reach: `Findings of Amazon Inspector in scanned images of ${isForAll ? "each account, in its Region" : "this account and Region"}.${isWhole ? "" : " There are more than were read."}`,
    ...(unread.length > 0 && { unread }),
  };
}

/** The same as the index is asked, of a build that it does not have so. */
function isAskedFor(
  build: NewBuild,
  { q = "", pipeline, result, platform, from, to }: BuildsAsked,
  timeZone: string,
): boolean {
  const { displayName, name, version, pipelineName = "", amis } = build;
  const text = [
    displayName,
    name,
    `${version}/${build.build}`,
    pipelineName,
    ...amis.map(({ amiId }) => amiId),
  ]
    .join(" ")
    .toLowerCase();
  const day = dayAt(timeZone, Date.parse(build.createdAt));
  return (
    q
      .toLowerCase()
      .split(/\s+/)
      .every((word) => text.includes(word)) &&
    (pipeline === undefined || pipelineName === pipeline) &&
    (result === undefined || build.result === result) &&
    (platform === undefined || build.platform === platform) &&
    (from === undefined || day >= from) &&
    (to === undefined || day <= to)
  );
}
