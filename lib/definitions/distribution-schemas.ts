import { z } from "zod";
import { BUILD_DATE } from "./field-facts";
import {
  accountIdField,
  descriptionField,
  organizationArnField,
  organizationalUnitArnField,
  patternField,
  resourceNameField,
  tagMapField,
  textField,
  tooLong,
  wholeNumberField,
} from "./field-schemas";

const launchTemplateIdField = z
  .string("The launch template is required.")
  .regex(/^lt-[a-z0-9-_]{17}$/, "A launch template ID is lt- followed by 17 characters.");

const amiNameField = z
  .string()
  .min(1, "The AMI name is required.")
  .max(127, tooLong("An AMI name has at most 127 characters."))
  .regex(
    /^[-_A-Za-z0-9{][-_A-Za-z0-9\s:{}.]+[-_A-Za-z0-9}]$/,
    "An AMI name can contain letters, digits, spaces, and - _ : . { }.",
  )
  .refine(
    (name) => BUILD_DATE.test(name),
    "The AMI name must contain {{ imagebuilder:buildDate }} so that it is unique for each build.",
  );

const someOf = <Item extends z.ZodType>(label: string, item: Item, max: number) =>
  z
    .array(item)
    .min(1, `${label}: add at least one, or leave the list empty.`)
    .max(max, `${label}: at most ${max.toLocaleString("en")}.`);

const amiDistributionSchema = z
  .object({
    name: amiNameField.optional(),
    description: descriptionField.optional(),
    targetAccountIds: someOf("Target accounts", accountIdField, 1536).optional(),
    amiTags: tagMapField("AMI tags").optional(),
    kmsKeyId: textField("The KMS key").optional(),
    launchPermission: z
      .object({
        userIds: someOf("Accounts", accountIdField, 1536).optional(),
        userGroups: z.array(textField("The group")).optional(),
        organizationArns: someOf("Organizations", organizationArnField, 25).optional(),
        organizationalUnitArns: someOf("Organizational units", organizationalUnitArnField, 25).optional(),
      })
      .optional(),
  })
  .optional();

/** What happens in one Region: https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_Distribution.html */
const regionDistributionSchema = z
  .object({
    region: textField("The Region"),
    amiDistributionConfiguration: amiDistributionSchema,
    containerDistributionConfiguration: z
      .object({
        description: descriptionField.optional(),
        containerTags: z.array(textField("A container tag")).optional(),
        targetRepository: z
          .object({ service: z.literal("ECR"), repositoryName: textField("The repository's name") })
          .prefault({ service: "ECR", repositoryName: "" }),
      })
      .optional(),
    licenseConfigurationArns: someOf(
      "License configurations",
      patternField(
        "The license configuration",
        /^arn:aws[^:]*:license-manager:[^:]+:[0-9]{12}:license-configuration:lic-[a-z0-9-_]{32}$/,
        "arn:aws:license-manager:us-east-1:111111111111:license-configuration:lic-…",
      ),
      50,
    ).optional(),
    launchTemplateConfigurations: someOf(
      "Launch templates",
      z.object({
        launchTemplateId: launchTemplateIdField,
        accountId: accountIdField.optional(),
        setDefaultVersion: z.boolean().optional(),
      }),
      100,
    ).optional(),
    s3ExportConfiguration: z
      .object({
        roleName: textField("The export role"),
        diskImageFormat: z.enum(["VMDK", "RAW", "VHD"], "Choose a disk image format."),
        s3Bucket: textField("The bucket"),
        s3Prefix: textField("The prefix").optional(),
      })
      .optional(),
    fastLaunchConfigurations: someOf(
      "Fast Launch",
      z.object({
        enabled: z.boolean(),
        snapshotConfiguration: z
          .object({ targetResourceCount: wholeNumberField("Prepared snapshots", 1, 10_000).optional() })
          .optional(),
        maxParallelLaunches: wholeNumberField("Parallel launches", 1).optional(),
        launchTemplate: z
          .object({
            launchTemplateId: launchTemplateIdField.optional(),
            launchTemplateName: textField("The launch template's name").optional(),
            launchTemplateVersion: textField("The launch template's version").optional(),
          })
          .refine(({ launchTemplateId, launchTemplateName }) => !(launchTemplateId && launchTemplateName), {
            path: ["launchTemplateName"],
            message: "Enter the launch template's ID or its name, not both.",
          })
          .optional(),
        accountId: accountIdField.optional(),
      }),
      1000,
    ).optional(),
    ssmParameterConfigurations: z
      .array(
        z.object({
          parameterName: patternField(
            "The parameter's name",
            /^[a-zA-Z0-9_.\-/]+$/,
            "/imagebuilder/web-base/latest",
            1011,
          ),
          dataType: z.enum(["text", "aws:ec2:image"], "Choose a data type.").optional(),
          amiAccountId: accountIdField.optional(),
        }),
      )
      .optional(),
  })
  // AWS: "One or more outputs should be provided for each region in a distribution configuration."
  .refine(({ region: _, ...outputs }) => Object.values(outputs).some((output) => output !== undefined), {
    path: ["region"],
    message: "Add what goes to this Region, such as an AMI name or a repository.",
  })
  .superRefine(({ amiDistributionConfiguration: ami, ssmParameterConfigurations: parameters }, context) => {
    const accounts = new Set(ami?.targetAccountIds);
    parameters?.forEach(({ amiAccountId }, index) => {
      if (amiAccountId && !accounts.has(amiAccountId))
        context.addIssue({
          code: "custom",
          path: ["ssmParameterConfigurations", index, "amiAccountId"],
          message: "The parameter's account must be one of the target accounts.",
        });
    });
  });

/** CreateDistributionConfiguration: https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_CreateDistributionConfiguration.html */
export const distributionSchema = z
  .object({
    name: resourceNameField,
    description: descriptionField.optional(),
    distributions: z
      .array(regionDistributionSchema, "Add at least one Region.")
      .min(1, "Add at least one Region."),
    tags: tagMapField("Tags").optional(),
  })
  .superRefine(({ distributions }, context) => {
    const seen = new Set<string>();
    distributions.forEach(({ region }, index) => {
      if (seen.has(region))
        context.addIssue({
          code: "custom",
          path: ["distributions", index, "region"],
          message: "Add each Region once.",
        });
      seen.add(region);
    });
  });

export type DistributionInput = z.infer<typeof distributionSchema>;
export type RegionDistributionInput = z.infer<typeof regionDistributionSchema>;
