import { z } from "zod";
import {
  descriptionField,
  patternField,
  resourceNameField,
  tagMapField,
  textField,
  tooLong,
  wholeNumberField,
} from "./field-schemas";

/** Tag keys that Image Builder sets itself on what it launches. */
const RESERVED_RESOURCE_TAGS = ["CreatedBy", "Ec2ImageBuilderArn", "Name", "Tags"];

/** CreateInfrastructureConfiguration: https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_CreateInfrastructureConfiguration.html */
export const infrastructureSchema = z
  .object({
    name: resourceNameField,
    description: descriptionField.optional(),
    instanceProfileName: patternField(
      "The instance profile",
      /^[\w+=,.@-]+$/,
      "EC2InstanceProfileForImageBuilder (a profile's name, not a role's ARN)",
      256,
    ),
    instanceTypes: z
      .array(
        z
          .string()
          .max(64, tooLong("An instance type looks like m7i.large."))
          .regex(/^[a-z0-9-]+\.[a-z0-9-]+$/, "An instance type looks like m7i.large."),
      )
      .optional(),
    subnetId: patternField("The subnet", /^subnet-[0-9a-z]+$/, "subnet-0123456789abcdef0").optional(),
    securityGroupIds: z
      .array(patternField("A security group", /^sg-[0-9a-z]+$/, "sg-0123456789abcdef0"))
      .optional(),
    keyPair: textField("The key pair").optional(),
    terminateInstanceOnFailure: z.boolean().optional(),
    snsTopicArn: patternField(
      "The topic",
      /^arn:aws[^:]*:sns:[^:]+:[0-9]{12}:[a-zA-Z0-9-_]{1,256}$/,
      "arn:aws:sns:us-east-1:111111111111:builds (standard topics only)",
    ).optional(),
    logging: z
      .object({
        s3Logs: z
          .object({
            s3BucketName: textField("The bucket").optional(),
            s3KeyPrefix: textField("The key prefix").optional(),
          })
          .optional(),
      })
      .optional(),
    resourceTags: tagMapField("Build instance tags", 30)
      .refine(
        (tags) => !Object.keys(tags).some((key) => RESERVED_RESOURCE_TAGS.includes(key)),
        `Image Builder sets ${RESERVED_RESOURCE_TAGS.join(", ")} itself.`,
      )
      .optional(),
    instanceMetadataOptions: z
      .object({
        httpTokens: z.enum(["optional", "required"], "Choose optional or required.").optional(),
        httpPutResponseHopLimit: wholeNumberField("The hop limit", 1, 64).optional(),
      })
      .optional(),
    placement: z
      .object({
        availabilityZone: textField("The Availability Zone").optional(),
        tenancy: z.enum(["default", "dedicated", "host"], "Choose a tenancy.").optional(),
        hostId: textField("The host").optional(),
        hostResourceGroupArn: textField("The host resource group").optional(),
      })
      .optional(),
    tags: tagMapField("Tags").optional(),
  })
  .superRefine(({ subnetId, securityGroupIds, placement }, context) => {
    if (subnetId && !securityGroupIds?.length)
      context.addIssue({
        code: "custom",
        path: ["securityGroupIds"],
        message: "A subnet requires at least one security group in its VPC.",
      });
    const onHost = placement?.hostId ? "hostId" : placement?.hostResourceGroupArn && "hostResourceGroupArn";
    if (onHost && placement?.tenancy !== "host")
      context.addIssue({
        code: "custom",
        path: ["placement", onHost],
        message: "A host needs the tenancy Dedicated Host.",
      });
    if (placement?.hostId && placement.hostResourceGroupArn)
      context.addIssue({
        code: "custom",
        path: ["placement", "hostResourceGroupArn"],
        message: "Enter a host or a host resource group, not both.",
      });
  });

export type InfrastructureInput = z.infer<typeof infrastructureSchema>;
