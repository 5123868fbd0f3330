/**
 * What to say of the name of a disk file that AWS's two pages do not agree on: the API takes `.iso`, `.ISO` and `.Iso`,
 * the guide asks for `.ISO`. Undefined where there is nothing to say.
 * https://docs.aws.amazon.com/imagebuilder/latest/userguide/import-iso-disk.html
 */
export const isoEndingDoubt = (uri: unknown): string | undefined =>
  typeof uri === "string" && /\.(?:iso|Iso)$/.test(uri)
    ? "AWS's guide asks for a name that ends in .ISO. Rename the file if the import fails."
    : undefined;
