import { imageBuildKeySchema } from "../image-builds/schemas";

/** `before` is the build to compare with; left out, it is the one before of the same pipeline or image. */
export const comparisonSchema = imageBuildKeySchema.extend({ before: imageBuildKeySchema.optional() });
