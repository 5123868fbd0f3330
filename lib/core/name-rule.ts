/**
 * A name as AWS puts it into an ARN: lower case, then a hyphen for each space and each underscore, and nothing else.
 * Runs stay as long as they are. Names that become the same are one resource.
 * https://docs.aws.amazon.com/imagebuilder/latest/userguide/how-image-builder-works.html#ibhow-resource-names
 */
export const normalizeName = (name: string) =>
  // A to Z only: names have no other letters, and languages differ in what they make of those.
  name.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase()).replaceAll(/[ _]/g, "-");

/** Whether a name begins so, as AWS compares names: it makes one ARN of `Web_base`, `web base` and `web-base`. */
export const namedSo = (name: string, prefix: string): boolean =>
  normalizeName(name).startsWith(normalizeName(prefix));
