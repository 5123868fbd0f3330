import { z } from "zod";
import type { ImageBuildKey } from "@/lib/core/resource-names";

/** The three segments of a build's URL and the tail of its ARN. */
export const imageBuildKeySchema = z.object({
  name: z.string().regex(/^[a-z0-9_-]{1,128}$/, "An image's name in a URL is lower case, with hyphens."),
  version: z.string().regex(/^\d+\.\d+\.\d+$/, "A version has three numbers, such as 1.2.3."),
  build: z.string().regex(/^\d+$/, "A build is a number."),
});

/** Reads `name/1.2.3/4`; undefined for anything else. */
export function readBuildKey(text: string | null | undefined): ImageBuildKey | undefined {
  const [name, version, build, ...rest] = (text ?? "").split("/");
  const key = imageBuildKeySchema.safeParse({ name, version, build });
  return key.success && rest.length === 0 ? key.data : undefined;
}
