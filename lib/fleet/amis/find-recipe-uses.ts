import "server-only";
import { allResources } from "@/lib/image-builder/resources/all-resources";
import { readResource } from "@/lib/image-builder/resources/read-resource";
import { maySee } from "@/lib/use-case/authorize-names";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import type { AmiUse } from "./types";

/** Recipes of the account whose base image is an AMI by its ID: those that the actor may see. */
export async function findRecipeUses(ctx: UseCaseContext): Promise<AmiUse[]> {
  const kinds = ["image-recipe", "container-recipe"] as const;
  const lists = await Promise.all(
    kinds.map(async (kind) => {
      const rows = (await allResources(ctx, kind)).filter((row) => maySee(ctx, row));
      const bases = await Promise.all(rows.map((row) => readResource(ctx, kind, row.arn)));
      return rows.flatMap(({ name, version }, index): AmiUse[] => {
        const amiId = String(bases[index]?.parentImage);
        return /^ami-[0-9a-f]+$/.test(amiId)
          ? [{ kind: "recipe", name, region: ctx.target.region, amiId, detail: `version ${version}` }]
          : [];
      });
    }),
  );
  return lists.flat();
}
