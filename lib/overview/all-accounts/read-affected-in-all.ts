import "server-only";
import type { UnreadAccount } from "@/lib/core/target";
import { askEachAccount } from "@/lib/use-case/ask-each-account";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { readAffectedImages } from "../affected-images";

export type AffectedInAll = Awaited<ReturnType<typeof readAffectedImages>> & { unread: UnreadAccount[] };

/** The builds of every account that the caller may see in which Amazon Inspector found a CVE, by ARN. */
export async function readAffectedInAll(
  ctx: UseCaseContext,
  vulnerabilityId: string,
): Promise<AffectedInAll> {
  const { answers, unread } = await askEachAccount(ctx, "find-builds", (own) =>
    readAffectedImages(own, vulnerabilityId),
  );
  return {
    packages: new Map(answers.flatMap(({ packages }) => [...packages])),
    isWhole: answers.every(({ isWhole }) => isWhole),
    unread,
  };
}
