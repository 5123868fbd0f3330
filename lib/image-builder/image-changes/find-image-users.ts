import "server-only";
import { ConsoleFailure } from "@/lib/core/failure";
import { groupBy } from "@/lib/definitions/group-by";
import { maySee } from "@/lib/use-case/authorize-names";
import { useCase } from "@/lib/use-case/use-case";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { getImageBuild } from "../image-builds/get-image-build";
import { imageBuildKeySchema } from "../image-builds/schemas";
import type { ImageBuild } from "../image-builds/types";
import { findAmiUsers } from "../lifecycle/find-ami-users";
import { allResources } from "../resources/all-resources";
import { readResource } from "../resources/read-resource";
import type { ImageUsers } from "./types";

/** Who would miss an image: what launches its AMIs, in every Region of this account, and the recipes that build on it. */
export const findImageUsers = useCase(
  "find-image-users",
  imageBuildKeySchema,
  async ({ ctx, input: key }): Promise<ImageUsers> => {
    const build = await getImageBuild({ ctx, input: key });
    const doubts: string[] = [];
    const unlessRefused = async <Value>(what: string, reading: Promise<Value>, instead: Value) => {
      try {
        return await reading;
      } catch (error) {
        if (!(error instanceof ConsoleFailure)) throw error;
        doubts.push(`${what} couldn't be checked. ${error.detail.message}`);
        return instead;
      }
    };
    const { accountId } = ctx.target;
    const own = build.amis.filter((ami) => (ami.accountId ?? accountId) === accountId);
    if (own.length < build.amis.length)
      doubts.push("AMIs in other accounts can't be checked from this account.");
    const found = await Promise.all(
      [...groupBy(own, ({ region }) => region)].map(async ([region, amis]) => {
        const aws = ctx.aws.inRegion(region);
        const ids = amis.map(({ amiId }) => amiId);
        const users = await unlessRefused(region, findAmiUsers(aws, region, ids), { users: [], doubts: [] });
        doubts.push(...users.doubts);
        return users.users;
      }),
    );
    const recipes = await unlessRefused("Recipes", recipesOn(ctx, build), []);
    const seen = recipes.filter((recipe) => maySee(ctx, recipe));
    if (seen.length < recipes.length)
      doubts.push(`${recipes.length - seen.length} more recipes outside your role use it as a base image.`);
    return { amiUsers: found.flat(), recipes: seen, doubts: [...new Set(doubts)] };
  },
);

/** Recipes whose base is exactly this build or one of its AMIs; one with `x` would take the next newest. */
async function recipesOn(
  ctx: UseCaseContext,
  { arn, amis }: Pick<ImageBuild, "arn" | "amis">,
): Promise<ImageUsers["recipes"]> {
  const wanted = new Set([arn, ...amis.map(({ amiId }) => amiId)]);
  const kinds = ["image-recipe", "container-recipe"] as const;
  const lists = await Promise.all(
    kinds.map(async (kind) => {
      const rows = await allResources(ctx, kind);
      const bases = await Promise.all(rows.map((row) => readResource(ctx, kind, row.arn)));
      const users = rows.filter((_, index) => wanted.has(String(bases[index]?.parentImage)));
      return users.map(({ arn: recipe, name, version }) => ({ kind, arn: recipe, name, version }));
    }),
  );
  return lists.flat();
}
