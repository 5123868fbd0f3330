import "server-only";
import { ListImagePackagesCommand } from "@aws-sdk/client-imagebuilder";
import { collectPages } from "@/lib/aws/paginate";
import { useCase } from "@/lib/use-case/use-case";
import { arnOfBuild } from "../image-builds/image-build-key";
import { imageBuildKeySchema } from "../image-builds/schemas";
import type { ImagePackage, PackageList } from "./types";

/** The inventory of an image does not change once it is taken. */
const FRESH_FOR_MS = 60_000;

/** Every package that AWS's inventory found in an image, by name. None are known without enhanced metadata. */
export const listImagePackages = useCase(
  "list-image-packages",
  imageBuildKeySchema,
  async ({ ctx, input: key }): Promise<PackageList> => {
    const imageBuildVersionArn = arnOfBuild(ctx.target, key);
    const listed = await collectPages({
      load: async (nextToken) => {
        const command = new ListImagePackagesCommand({ imageBuildVersionArn, maxResults: 25, nextToken });
        const page = await ctx.aws.imageBuilder.read(command, { freshForMs: FRESH_FOR_MS });
        return { items: page.imagePackageList, next: page.nextToken };
      },
    });
    const packages = listed.flatMap(({ packageName: name, packageVersion: version = "" }): ImagePackage[] =>
      name ? [{ name, version }] : [],
    );
    return {
      packages: packages.toSorted((a, b) => a.name.localeCompare(b.name)),
      isCollected: packages.length > 0,
    };
  },
);
