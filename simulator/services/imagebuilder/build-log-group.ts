import type { ImageBuildRow } from "./image-build-row";

/**
 * The group keeps the case of the name as the user wrote it; the ARN does not.
 * Differs from AWS: it does not say what becomes of spaces, which no group may have; here they are hyphens.
 */
export function logGroupOf(row: Pick<ImageBuildRow, "name" | "logGroupName">): string {
  return row.logGroupName ?? `/aws/imagebuilder/${row.name.replaceAll(" ", "-")}`;
}
