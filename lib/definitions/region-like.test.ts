import { describe, expect, it } from "vitest";
import { regionLike } from "./region-like";

describe("another Region of a distribution", () => {
  it("begins as its neighbor, without what only the neighbor has", () => {
    expect(
      regionLike({
        region: "us-east-1",
        amiDistributionConfiguration: {
          name: "web {{ imagebuilder:buildDate }}",
          description: "Web",
          amiTags: { team: "web" },
          targetAccountIds: ["111111111111"],
          launchPermission: {
            userIds: ["222222222222"],
            organizationArns: ["arn:aws:organizations::111111111111:organization/o-1"],
          },
          kmsKeyId: "arn:aws:kms:us-east-1:111111111111:key/0a",
        },
        containerDistributionConfiguration: {
          containerTags: ["latest"],
          targetRepository: { service: "ECR", repositoryName: "web" },
        },
        ssmParameterConfigurations: [{ parameterName: "/web", dataType: "aws:ec2:image" }],
        launchTemplateConfigurations: [{ launchTemplateId: "lt-0123456789abcdef0" }],
        fastLaunchConfigurations: [{ enabled: true }],
        licenseConfigurationArns: [
          "arn:aws:license-manager:us-east-1:111111111111:license-configuration:lic-1",
        ],
        s3ExportConfiguration: { s3Bucket: "images" },
        comesLater: ["arn:aws:sns:us-east-1:111111111111:topic", "any"],
      }),
    ).toEqual({
      region: "",
      amiDistributionConfiguration: {
        name: "web {{ imagebuilder:buildDate }}",
        description: "Web",
        amiTags: { team: "web" },
        targetAccountIds: ["111111111111"],
        launchPermission: {
          userIds: ["222222222222"],
          organizationArns: ["arn:aws:organizations::111111111111:organization/o-1"],
        },
      },
      containerDistributionConfiguration: {
        containerTags: ["latest"],
        targetRepository: { service: "ECR", repositoryName: "web" },
      },
      ssmParameterConfigurations: [{ parameterName: "/web", dataType: "aws:ec2:image" }],
      comesLater: ["any"],
    });
  });

  it("changes nothing of the neighbor", () => {
    const neighbor = { region: "us-east-1", amiDistributionConfiguration: { amiTags: { a: "b" } } };
    const before = structuredClone(neighbor);
    const added = regionLike(neighbor);
    expect(neighbor).toEqual(before);
    expect(added.amiDistributionConfiguration).not.toBe(neighbor.amiDistributionConfiguration);
  });
});
