import { containerPlatforms, marketplaceAccount } from "goldsmith-languages/container";
import { z } from "zod";
import { parseArn, parseImageBuilderArn, stemOf } from "@/lib/core/arn";
import { normalizeName } from "@/lib/core/name-rule";
import { templateProblems } from "./dockerfile-template";
import { VOLUME_TYPES } from "./field-facts";
import {
  descriptionField,
  imageBuilderArnField,
  patternField,
  recipeVersionField,
  resourceNameField,
  SELECTED_BUILD,
  s3AddressField,
  tagMapField,
  textField,
  tooLong,
  wholeNumberField,
  withoutNul,
} from "./field-schemas";

/** One component of a recipe; the order of the list is the order of the run. */
const recipeComponentSchema = z.object({
  componentArn: imageBuilderArnField(
    "The component",
    `component/[a-z0-9-_]+/${SELECTED_BUILD}`,
    "component/update-linux/x.x.x",
  ),
  parameters: z
    .array(
      z.object({
        name: textField("The parameter's name", 256).pipe(withoutNul("A parameter's name")),
        value: z.array(withoutNul("A parameter's value")),
      }),
    )
    .min(1, "Add at least one parameter, or leave the list empty.")
    .optional(),
});

/** https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_EbsInstanceBlockDeviceSpecification.html */
const blockDeviceMappingSchema = z
  .object({
    deviceName: textField("The device name").optional(),
    ebs: z
      .object({
        encrypted: z.boolean().optional(),
        deleteOnTermination: z.boolean().optional(),
        iops: wholeNumberField("IOPS", 100, 64_000).optional(),
        kmsKeyId: textField("The KMS key").optional(),
        snapshotId: textField("The snapshot").optional(),
        volumeSize: wholeNumberField("The size in GiB", 1, 16_000).optional(),
        volumeType: z.enum(VOLUME_TYPES, "Choose a volume type.").optional(),
        throughput: wholeNumberField("Throughput in MiB/s", 125, 1000).optional(),
      })
      .optional(),
    virtualName: textField("The virtual name").optional(),
    noDevice: z.literal("", "noDevice takes an empty text only.").optional(),
  })
  .superRefine(({ ebs }, context) => {
    if (!ebs) return;
    const refuse = (field: keyof typeof ebs, message: string) =>
      context.addIssue({ code: "custom", path: ["ebs", field], message });
    if ((ebs.volumeType === "io1" || ebs.volumeType === "io2") && ebs.iops === undefined)
      refuse("iops", `${ebs.volumeType} volumes need IOPS.`);
    if (ebs.throughput !== undefined && ebs.volumeType !== undefined && ebs.volumeType !== "gp3")
      refuse("throughput", "Throughput is only for gp3 volumes.");
    if (ebs.kmsKeyId && ebs.encrypted === false) refuse("kmsKeyId", "Encrypt the volume to use a KMS key.");
  });

const eachComponentOnce = (components: { componentArn: string }[] | undefined, context: z.RefinementCtx) => {
  const seen = new Map<string, number>();
  components?.forEach(({ componentArn }, index) => {
    const name = normalizeName(stemOf(componentArn));
    if (seen.has(name))
      context.addIssue({
        code: "custom",
        path: ["components", index, "componentArn"],
        message: "Add each component once.",
      });
    seen.set(name, index);
  });
};

/** An AMI ID, an ARN, `ssm:` and a name, a product of the Marketplace or a registry's address: none has a space. */
const baseImageField = patternField(
  "The base image",
  /^[\w./:@+=-]+$/,
  "ami-0123456789abcdef0 or an image's ARN",
);

/** The name of an operating system is none of them: AWS would refuse it at the creation only. */
const BASE_OF_AMI = /^(?:ami-|arn:|ssm:|prod-|[0-9a-f]{8}-[0-9a-f]{4}-)/;

/** https://docs.aws.amazon.com/imagebuilder/latest/userguide/create-image-recipes.html */
const RESERVED_AMI_TAGS = ["CreatedBy", "Ec2ImageBuilderArn"];

/** https://docs.aws.amazon.com/imagebuilder/latest/userguide/ami-watermarks.html */
const WATERMARK = /^[A-Za-z0-9()[\]./'@_-][A-Za-z0-9 ()[\]./'@_-]*[A-Za-z0-9()[\]./'@_-]$/;
const MOST_WATERMARKS = 5;

const watermarksField = z
  .array(
    z
      .string("A watermark is a text.")
      .min(3, "A watermark has at least 3 characters.")
      .max(128, tooLong("A watermark has at most 128 characters."))
      .regex(
        WATERMARK,
        "A watermark can contain letters, digits, spaces, and ( ) [ ] . / ' @ _ -, and can't start or end with a space.",
      ),
    "Watermarks are a list.",
  )
  .min(1, "Add at least one watermark, or leave the list empty.")
  .max(MOST_WATERMARKS, `An image recipe has at most ${MOST_WATERMARKS} watermarks.`)
  .superRefine((names, context) => {
    names.forEach((name, index) => {
      if (names.indexOf(name) < index)
        context.addIssue({ code: "custom", path: [index], message: "Add each watermark once." });
    });
  });

/** AWS adds up the components of a recipe with the values of their parameters. */
const COMPONENTS_MAX_BYTES = 25 * 1024;

/** https://docs.aws.amazon.com/imagebuilder/latest/userguide/manage-recipes.html */
function inTwentyFiveKilobytes(components: unknown[] | undefined, context: z.RefinementCtx): void {
  if (new TextEncoder().encode(JSON.stringify(components ?? [])).length > COMPONENTS_MAX_BYTES)
    context.addIssue({
      code: "custom",
      path: ["components"],
      message: "The components and their parameter values exceed 25 KB. Shorten the values.",
    });
}

/** CreateImageRecipe: https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_CreateImageRecipe.html */
export const imageRecipeSchema = z
  .object({
    name: resourceNameField,
    description: descriptionField.optional(),
    semanticVersion: recipeVersionField,
    parentImage: baseImageField
      .refine(
        (parent) => parseArn(parent)?.service !== "ec2",
        "Image Builder doesn't accept EC2 image ARNs. Enter the AMI ID instead.",
      )
      .refine(
        (parent) => BASE_OF_AMI.test(parent),
        "Choose one from the list, or enter an AMI ID, an image ARN, ssm: with a parameter name, or a Marketplace product ID.",
      ),
    components: z.array(recipeComponentSchema).min(1, "Add at least one component.").optional(),
    blockDeviceMappings: z.array(blockDeviceMappingSchema).optional(),
    workingDirectory: textField("The working directory")
      .refine(
        (folder) => !(/^[A-Za-z]:/.test(folder) && folder.includes('"')),
        "On Windows the working directory can't contain quotation marks.",
      )
      .optional(),
    additionalInstanceConfiguration: z
      .object({
        systemsManagerAgent: z.object({ uninstallAfterBuild: z.boolean().optional() }).optional(),
        userDataOverride: textField("User data, in Base64,", 21_847)
          .regex(
            /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/,
            "User data must be Base64.",
          )
          .optional(),
      })
      .optional(),
    amiTags: tagMapField("AMI tags")
      .superRefine((tags, context) => {
        for (const key of RESERVED_AMI_TAGS.filter((reserved) => Object.hasOwn(tags, reserved)))
          context.addIssue({
            code: "custom",
            path: [key],
            message: `Image Builder sets the tag ${key} itself.`,
          });
      })
      .optional(),
    amiWatermarks: watermarksField.optional(),
    tags: tagMapField("Tags").optional(),
  })
  .superRefine(({ components }, context) => {
    eachComponentOnce(components, context);
    inTwentyFiveKilobytes(components, context);
  });

/** CreateContainerRecipe: https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_CreateContainerRecipe.html */
export const containerRecipeSchema = z
  .object({
    containerType: z.literal("DOCKER"),
    name: resourceNameField,
    description: descriptionField.optional(),
    semanticVersion: recipeVersionField,
    parentImage: baseImageField,
    components: z.array(recipeComponentSchema).min(1, "Add at least one component.").optional(),
    instanceConfiguration: z
      .object({
        image: textField("The build instance's AMI").optional(),
        blockDeviceMappings: z.array(blockDeviceMappingSchema).optional(),
      })
      .optional(),
    dockerfileTemplateData: textField("The Dockerfile template", 16_000)
      .pipe(withoutNul("The Dockerfile template"))
      .optional(),
    dockerfileTemplateUri: s3AddressField("The Dockerfile").optional(),
    platformOverride: z.enum(containerPlatforms, "Choose Linux or Windows for a container.").optional(),
    imageOsVersionOverride: textField("The OS version").optional(),
    workingDirectory: textField("The working directory").optional(),
    targetRepository: z.object({
      service: z.literal("ECR"),
      repositoryName: textField("The repository's name"),
    }),
    kmsKeyId: textField("The KMS key").optional(),
    tags: tagMapField("Tags").optional(),
  })
  .superRefine((recipe, context) => {
    const refuse = (field: string, message: string, ...at: (string | number)[]) =>
      context.addIssue({ code: "custom", path: [field, ...at], message });
    eachComponentOnce(recipe.components, context);
    inTwentyFiveKilobytes(recipe.components, context);
    recipe.components?.forEach(({ componentArn }, index) => {
      if (parseImageBuilderArn(componentArn)?.accountId === marketplaceAccount)
        refuse(
          "components",
          "Container recipes can't use AWS Marketplace components.",
          ...[index, "componentArn"],
        );
    });
    const isImage = parseImageBuilderArn(recipe.parentImage)?.kind === "image";
    if (recipe.platformOverride && isImage)
      refuse("platformOverride", "An Image Builder image has its own platform. Leave this empty.");
    if (recipe.platformOverride === "Windows" && !recipe.imageOsVersionOverride)
      refuse("imageOsVersionOverride", "Enter the OS version for a Windows base image from a registry.");
    for (const problem of templateProblems(recipe.dockerfileTemplateData, Boolean(recipe.components?.length)))
      refuse("dockerfileTemplateData", problem);
    if ((recipe.dockerfileTemplateData === undefined) === (recipe.dockerfileTemplateUri === undefined))
      context.addIssue({
        code: "custom",
        path: ["dockerfileTemplateData"],
        message: "Enter the Dockerfile template inline or as an S3 URI, not both.",
      });
  });

export type ImageRecipeInput = z.infer<typeof imageRecipeSchema>;
export type ContainerRecipeInput = z.infer<typeof containerRecipeSchema>;
