import type { AmiWatermarks } from "../../wire/extensions";
import { invalidCombination, invalidRequest, invalidValue } from "./exceptions";
import type { InputOf } from "./handlers";

/** https://docs.aws.amazon.com/imagebuilder/latest/userguide/ami-watermarks.html */
const WATERMARK = /^[A-Za-z0-9()[\]./'@_-][A-Za-z0-9 ()[\]./'@_-]{1,126}[A-Za-z0-9()[\]./'@_-]$/;
const MOST_WATERMARKS = 5;

/** One to five names, of 3 to 128 characters, each once; the case counts. */
export function checkWatermarks(input: object): void {
  const { amiWatermarks: names } = input as AmiWatermarks;
  if (names === undefined) return;
  const isList = Array.isArray(names) && names.every((name) => typeof name === "string");
  if (!isList || names.length < 1 || names.length > MOST_WATERMARKS)
    invalidValue("amiWatermarks", `A recipe has 1 to ${MOST_WATERMARKS} watermarks.`);
  const wrong = names.find((name) => !WATERMARK.test(name));
  if (wrong !== undefined) invalidValue("amiWatermarks", `'${wrong}' is not the name of a watermark.`);
  if (new Set(names).size < names.length) invalidValue("amiWatermarks", "A watermark occurs more than once.");
}

/** Watermarks are for AMIs: https://docs.aws.amazon.com/imagebuilder/latest/userguide/ami-watermarks.html */
export function refuseWatermarks(input: object): void {
  if ((input as AmiWatermarks).amiWatermarks !== undefined)
    invalidRequest("Watermarks are valid for image recipes only.");
}

/** https://docs.aws.amazon.com/imagebuilder/latest/userguide/create-image-recipes.html */
export function checkAmiTags(tags: Record<string, string> | undefined): void {
  const reserved = ["CreatedBy", "Ec2ImageBuilderArn"].find((key) => Object.hasOwn(tags ?? {}, key));
  if (reserved) invalidValue("amiTags", `The tag key '${reserved}' is reserved.`);
}

/** What AWS refuses with a base image of Windows. */
export function checkInstance(input: InputOf<"CreateImageRecipe">, platform: string): void {
  if (platform !== "Windows") return;
  if (input.additionalInstanceConfiguration?.systemsManagerAgent)
    invalidCombination("Image Builder does not support configuring the SSM Agent on Windows");
  if (input.workingDirectory?.includes('"'))
    invalidValue("workingDirectory", "On Windows it cannot contain quotation marks.");
}
