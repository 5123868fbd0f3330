import "server-only";
import { z } from "zod";
import { groupBy } from "@/lib/definitions/group-by";
import { lifecycleScopeSchema } from "@/lib/definitions/lifecycle-schemas";
import { jsonObjectField } from "@/lib/definitions/schemas";
import { useCase } from "@/lib/use-case/use-case";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { authorizeSelection } from "./change-lifecycle-policy";
import { findAmiUsers } from "./find-ami-users";
import { judgeImages } from "./judge-images";
import { imagesInScope } from "./lifecycle-images";
import { readAmiFacts } from "./read-ami-facts";
import { readCompletions } from "./read-completions";
import type { LifecyclePreview, PreviewedImage } from "./types";

const inputSchema = z.object({ policy: jsonObjectField });

/**
 * What the next run of a lifecycle policy would do, computed from AWS's documented rules: AWS has no dry run for
 * it. `policy` is a policy as CreateLifecyclePolicy takes it, saved or not. Nothing is changed.
 */
export const previewLifecyclePolicy = useCase(
  "preview-lifecycle-policy",
  inputSchema,
  async ({ ctx, input }): Promise<LifecyclePreview> => {
    await authorizeSelection(ctx, "get-image-versions", input.policy);
    const policy = lifecycleScopeSchema.parse(input.policy);
    const { images: listed, doubts } = await imagesInScope(ctx, policy);
    const { images, doubts: ageDoubts } = await readCompletions(ctx, policy, listed);
    const facts = await readAmiFacts(ctx, policy, images);
    const judged = judgeImages(policy, facts.images, ctx.clock.now());
    const { users, doubts: userDoubts } = await usersOf(ctx, judged);
    return {
      images: judged
        .map(({ arn, name, version, build, status, createdAt, amis, outcome, reason, spared }) => ({
          ...{ arn, name, version, build, status, createdAt, amis, outcome, reason, spared },
          users:
            outcome === "STAY"
              ? []
              : users.filter(({ amiId }) => goingAmis({ amis, spared }).some((ami) => ami.amiId === amiId)),
        }))
        .toSorted((a, b) => RANK.indexOf(a.outcome) - RANK.indexOf(b.outcome)),
      doubts: [...new Set([...doubts, ...ageDoubts, ...facts.doubts, ...userDoubts])],
    };
  },
);

const RANK: PreviewedImage["outcome"][] = ["DELETE", "DISABLE", "DEPRECATE", "STAY"];

/** The AMIs of an image that an exclusion does not spare. */
const goingAmis = ({ amis, spared = [] }: Pick<PreviewedImage, "amis" | "spared">) =>
  amis.filter(({ amiId }) => !spared.some((one) => one.amiId === amiId));

async function usersOf({ aws }: UseCaseContext, judged: ReturnType<typeof judgeImages>) {
  const going = judged.filter(({ outcome }) => outcome !== "STAY").flatMap(goingAmis);
  const byRegion = groupBy(going, ({ region }) => region);
  const found = await Promise.all(
    [...byRegion].map(([region, amis]) =>
      findAmiUsers(
        aws.inRegion(region),
        region,
        amis.map(({ amiId }) => amiId),
      ),
    ),
  );
  return { users: found.flatMap(({ users }) => users), doubts: found.flatMap(({ doubts }) => doubts) };
}
