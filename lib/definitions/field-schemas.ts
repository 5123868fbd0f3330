import { z } from "zod";

/**
 * The fields that Image Builder's create and update requests share, with the service's own constraints
 * (https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_Types.html) and words a person can act on.
 */

/** What is too long is not compared with a pattern as well: on 10 MB that can exhaust the stack. */
export const tooLong = (error: string) => ({ error, abort: true });

/** Text of 1 to `max` characters; AWS's NonEmptyString ends at 1,024. */
export const textField = (label: string, max = 1024) =>
  z
    .string(`${label} is required.`)
    .min(1, `${label} is required.`)
    .max(max, tooLong(`${label} can have at most ${max.toLocaleString("en")} characters.`));

/** A text that must look like something, said by an example. */
export const patternField = (label: string, pattern: RegExp, example: string, max = 1024) =>
  textField(label, max).regex(pattern, `${label} must look like ${example}.`);

export const wholeNumberField = (label: string, min: number, max?: number) => {
  const said =
    max === undefined
      ? `${label} must be a whole number of at least ${min}.`
      : `${label} must be a whole number from ${min.toLocaleString("en")} to ${max.toLocaleString("en")}.`;
  const base = z.number(said).int(said).min(min, said);
  return max === undefined ? base : base.max(max, said);
};

export const resourceNameField = z
  .string("Enter a name.")
  .min(3, "A name has at least 3 characters.")
  .max(128, tooLong("A name has at most 128 characters."))
  .regex(
    /^[-_A-Za-z-0-9][-_A-Za-z0-9 ]{1,126}[-_A-Za-z-0-9]$/,
    "A name can contain letters, digits, spaces, - and _, and can't start or end with a space.",
  );

export const descriptionField = textField("The description");

/** Three whole numbers, as components and workflows want it: they take no wildcard. */
export const exactVersionField = z
  .string("Enter a version.")
  .max(32, tooLong("A version is three whole numbers, such as 1.0.0."))
  .regex(/^[0-9]+\.[0-9]+\.[0-9]+$/, "A version is three whole numbers, such as 1.0.0.")
  .refine(hasSmallNumbers, "Each number of a version is at most 1073741823.");

const versionWithX = (message: string) =>
  z
    .string("Enter a version.")
    .max(32, tooLong("A version is three whole numbers, such as 1.0.0."))
    .regex(/^(?:[0-9]+|x)\.(?:[0-9]+|x)\.(?:[0-9]+|x)$/, message);

/**
 * The version of a recipe that is created: AWS raises the place of its one `x`, wherever it is.
 * https://docs.aws.amazon.com/imagebuilder/latest/userguide/manage-recipes.html
 */
export const recipeVersionField = versionWithX(
  "A version is three whole numbers, such as 1.0.0. Use one x to let AWS assign that number, as in 1.0.x.",
)
  .refine(
    (version) => version.split("x").length <= 2,
    "A new version can have one x. AWS assigns that number.",
  )
  .refine(hasSmallNumbers, "Each number of a version is at most 1073741823.");

/** A version in an ARN that selects: numbers, then only `x`. */
export const SELECTED_VERSION = String.raw`(?:x\.x\.x|[0-9]+\.x\.x|[0-9]+\.[0-9]+\.x|[0-9]+\.[0-9]+\.[0-9]+)`;
/** The same, or one build of a version. */
export const SELECTED_BUILD = String.raw`(?:${SELECTED_VERSION}|[0-9]+\.[0-9]+\.[0-9]+/[0-9]+)`;

/** The versions of a recipe that are selected; right of the first `x` all must be `x`. */
export const selectedVersionField = versionWithX(
  "A version is three whole numbers, such as 1.0.0. Use x as a wildcard, as in 1.x.x.",
)
  .refine((version) => !/x\.[0-9]/.test(version), "Every number after the first x must also be x.")
  .refine(hasSmallNumbers, "Each number of a version is at most 1073741823.");

/** https://docs.aws.amazon.com/imagebuilder/latest/userguide/ibhow-semantic-versioning.html */
function hasSmallNumbers(version: string): boolean {
  return version.split(".").every((part) => part === "x" || Number(part) <= 2 ** 30 - 1);
}

/** Keys 1-128 characters and not starting with `aws:`, values to 256, at most `max` pairs. */
export const tagMapField = (label: string, max = 50) =>
  z
    .record(z.string(), z.string().max(256, "A tag value has at most 256 characters."))
    // A schema for the keys would say no more than "Invalid key in record".
    .superRefine((tags, context) => {
      for (const key of Object.keys(tags)) {
        const message = wrongTagKey(key);
        if (message) context.addIssue({ code: "custom", path: [key], message });
      }
    })
    .refine((tags) => Object.keys(tags).length >= 1, `${label} need at least one pair, or leave them empty.`)
    .refine((tags) => Object.keys(tags).length <= max, `${label} can have at most ${max} pairs.`);

function wrongTagKey(key: string): string | undefined {
  if (key === "") return "Enter a tag key.";
  if (key.length > 128) return "A tag key has at most 128 characters.";
  return /^aws:/i.test(key) ? "A tag key cannot start with aws:." : undefined;
}

export const accountIdField = z
  .string("Enter an account ID.")
  .regex(/^[0-9]{12}$/, "An account ID is 12 digits.");

export const organizationArnField = patternField(
  "The organization",
  /^arn:aws[^:]*:organizations::[0-9]{12}:organization\/o-[a-z0-9]{10,32}$/,
  "arn:aws:organizations::111111111111:organization/o-exampleorgid",
);

export const organizationalUnitArnField = patternField(
  "The organizational unit",
  /^arn:aws[^:]*:organizations::[0-9]{12}:ou\/o-[a-z0-9]{10,32}\/ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}$/,
  "arn:aws:organizations::111111111111:ou/o-exampleorgid/ou-abcd-12345678",
);

export const roleField = patternField(
  "The role",
  /^(?:arn:aws(?:-[a-z]+)*:iam::[0-9]{12}:role\/)?[a-zA-Z_0-9+=,.@\-_/]+$/,
  "a role name or arn:aws:iam::111111111111:role/name",
  2048,
);

const ARN_HEAD = `^arn:aws[^:]*:imagebuilder:[^:]+:(?:[0-9]{12}|aws(?:-[a-z-]+)?|third-party)`;

/** An ARN of Image Builder with the given resource part, which is a regular expression. */
export const imageBuilderArnField = (label: string, resource: string, example: string) =>
  z
    .string(`${label} is required.`)
    .min(1, `${label} is required.`)
    .max(2048, tooLong(`${label} is longer than an ARN can be.`))
    .regex(new RegExp(`${ARN_HEAD}:${resource}$`), `${label} must be an ARN ending like ${example}.`);

export const platformField = z.enum(["Linux", "Windows", "macOS"], "Choose Linux, Windows, or macOS.");

/** Where something lies in S3: `what` is the thing, as in "The script". */
export const s3AddressField = (what: string) =>
  z.string().regex(/^s3:\/\/[^/]+\/.+$/, `${what}'s address must look like s3://bucket/key.`);

/** Text the service refuses only for a NUL character. */
export const withoutNul = (label: string) =>
  z.string().refine((text) => !text.includes("\0"), `${label} cannot hold a NUL character.`);
