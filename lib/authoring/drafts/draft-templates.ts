import { imageBuilderArn } from "@/lib/core/arn";
import type { DraftPlace } from "./draft-plan";
import type { DraftContent } from "./types";

/** What people build most: a first pipeline on one page. */
export const TEMPLATES = [
  {
    id: "web-server",
    title: "Web server on Amazon Linux 2023",
    says: "nginx, the CloudWatch agent, a boot test. Rebuilt when the base image or a component changes.",
  },
  {
    id: "cis-base",
    title: "CIS-hardened base",
    says: "Amazon Linux 2023 with AWS's STIG component (high) and an encrypted root volume, as a base for other images.",
  },
  {
    id: "eks-node",
    title: "EKS worker node",
    says: "EKS-optimized AMI (from the SSM parameter) plus your settings.",
  },
  {
    id: "windows-iis",
    title: "Windows Server with IIS",
    says: "Windows Server 2022, updated, with the web server role.",
  },
  {
    id: "gpu-node",
    title: "GPU node",
    says: "Amazon Linux 2023 with the NVIDIA driver, built on a GPU instance.",
  },
  {
    id: "container-base",
    title: "Container base image",
    says: "A Dockerfile and components, pushed to an ECR repository.",
  },
] as const;

export type TemplateId = (typeof TEMPLATES)[number]["id"];

const managed = ({ region }: DraftPlace, kind: "component" | "image", name: string) =>
  imageBuilderArn({ region, accountId: "aws" }, kind, name, "x.x.x");

const bashDocument = (name: string, description: string, build: string[], validate: string[]) =>
  [
    `name: ${name}`,
    `description: ${description}`,
    "schemaVersion: 1.0",
    "phases:",
    ...[["build", build] as const, ["validate", validate] as const].flatMap(([phase, commands]) => [
      `  - name: ${phase}`,
      "    steps:",
      `      - name: ${phase === "build" ? "Install" : "Check"}`,
      "        action: ExecuteBash",
      "        inputs:",
      "          commands:",
      "            - set -euo pipefail",
      ...commands.map((command) => `            - ${command}`),
    ]),
    "",
  ].join("\n");

const powershellDocument = (name: string, description: string, build: string[]) =>
  [
    `name: ${name}`,
    `description: ${description}`,
    "schemaVersion: 1.0",
    "phases:",
    "  - name: build",
    "    steps:",
    "      - name: Install",
    "        action: ExecutePowerShell",
    "        inputs:",
    "          commands:",
    "            - $ErrorActionPreference = 'Stop'",
    ...build.map((command) => `            - ${command}`),
    "",
  ].join("\n");

const DOCKERFILE = `FROM {{{ imagebuilder:parentImage }}}
{{{ imagebuilder:environments }}}
{{{ imagebuilder:components }}}
`;

type Parts = {
  platform: "Linux" | "Windows";
  parentImage: string;
  before: string[];
  own?: { suffix: string; data: string };
  after: string[];
  instanceTypes: string[];
  volume?: { deviceName: string; volumeSize: number };
};

function partsOf(id: Exclude<TemplateId, "container-base">, name: string, place: DraftPlace): Parts {
  const base = (image: string) => managed(place, "image", image);
  const linux = {
    platform: "Linux" as const,
    before: ["update-linux"],
    after: ["simple-boot-test-linux"],
    instanceTypes: ["m7i.large", "m6i.large"],
  };
  switch (id) {
    case "web-server":
      return {
        ...linux,
        parentImage: base("amazon-linux-2023-x86"),
        before: ["update-linux", "amazon-cloudwatch-agent-linux"],
        own: {
          suffix: "nginx",
          data: bashDocument(
            `${name}-nginx`,
            "Installs nginx and starts it at boot.",
            ["dnf install -y nginx", "systemctl enable nginx"],
            ["nginx -t"],
          ),
        },
      };
    case "cis-base":
      return {
        ...linux,
        parentImage: base("amazon-linux-2023-x86"),
        before: ["update-linux", "stig-build-linux-high"],
        volume: { deviceName: "/dev/xvda", volumeSize: 30 },
      };
    case "eks-node":
      return {
        ...linux,
        parentImage:
          "ssm:/aws/service/eks/optimized-ami/1.33/amazon-linux-2023/x86_64/standard/recommended/image_id",
        before: [],
        own: {
          suffix: "settings",
          data: bashDocument(
            `${name}-settings`,
            "Settings for every node.",
            ["echo 'vm.max_map_count=262144' > /etc/sysctl.d/90-nodes.conf"],
            ["test -s /etc/sysctl.d/90-nodes.conf"],
          ),
        },
      };
    case "windows-iis":
      return {
        platform: "Windows",
        parentImage: base("windows-server-2022-english-full-base-x86"),
        before: ["update-windows"],
        own: {
          suffix: "iis",
          data: powershellDocument(`${name}-iis`, "Installs the web server role.", [
            "Install-WindowsFeature -Name Web-Server -IncludeManagementTools",
          ]),
        },
        after: ["simple-boot-test-windows"],
        instanceTypes: ["m7i.xlarge", "m6i.xlarge"],
        volume: { deviceName: "/dev/sda1", volumeSize: 60 },
      };
    case "gpu-node":
      return {
        ...linux,
        parentImage: base("amazon-linux-2023-x86"),
        instanceTypes: ["g5.xlarge", "g4dn.xlarge"],
        own: {
          suffix: "nvidia",
          data: bashDocument(
            `${name}-nvidia`,
            "Installs the NVIDIA driver from Amazon Linux's repository.",
            [
              "dnf install -y kernel-modules-extra dkms",
              "dnf install -y nvidia-release",
              "dnf install -y nvidia-driver",
            ],
            ["modinfo nvidia"],
          ),
        },
        volume: { deviceName: "/dev/xvda", volumeSize: 60 },
      };
  }
}

/**
 * A draft that is complete as it stands: the user may change it or go straight to Review. A container needs a
 * `repository` of ECR that exists; without one its name is left for the user to fill in.
 */
export function draftFromTemplate(
  id: TemplateId,
  name: string,
  place: DraftPlace,
  repository = "",
): DraftContent {
  const details = {
    name,
    schedule: {
      scheduleExpression: "cron(0 3 ? * SUN *)",
      timezone: "UTC",
      pipelineExecutionStartCondition: "EXPRESSION_MATCH_AND_DEPENDENCY_UPDATES_AVAILABLE" as const,
    },
  };
  const infrastructure = (instanceTypes: string[]): DraftContent["infrastructure"] => ({
    use: "new",
    input: {
      name: `${name}-infrastructure`,
      instanceProfileName: "EC2InstanceProfileForImageBuilder",
      instanceTypes,
      terminateInstanceOnFailure: true,
      instanceMetadataOptions: {
        httpTokens: "required",
        httpPutResponseHopLimit: id === "container-base" ? 2 : 1,
      },
    },
  });

  if (id === "container-base")
    return {
      details,
      components: [],
      recipe: {
        use: "container-recipe",
        input: {
          containerType: "DOCKER",
          name,
          semanticVersion: "1.0.0",
          parentImage: managed(place, "image", "amazon-linux-x86-latest"),
          components: [{ componentArn: managed(place, "component", "update-linux") }],
          dockerfileTemplateData: DOCKERFILE,
          targetRepository: { service: "ECR", repositoryName: repository },
        },
      },
      infrastructure: infrastructure(["m7i.large", "m6i.large"]),
      distribution: { use: "none" },
    };

  const parts = partsOf(id, name, place);
  const own = parts.own && {
    name: `${name}-${parts.own.suffix}`,
    semanticVersion: "1.0.0",
    platform: parts.platform,
    data: parts.own.data,
  };
  return {
    details,
    components: own ? [own] : [],
    recipe: {
      use: "image-recipe",
      input: {
        name,
        semanticVersion: "1.0.0",
        parentImage: parts.parentImage,
        components: [
          ...parts.before.map((component) => managed(place, "component", component)),
          ...(own ? [imageBuilderArn(place, "component", own.name, own.semanticVersion)] : []),
          ...parts.after.map((component) => managed(place, "component", component)),
        ].map((componentArn) => ({ componentArn })),
        ...(parts.volume
          ? {
              blockDeviceMappings: [
                {
                  deviceName: parts.volume.deviceName,
                  ebs: {
                    volumeSize: parts.volume.volumeSize,
                    volumeType: "gp3" as const,
                    encrypted: true,
                    deleteOnTermination: true,
                  },
                },
              ],
            }
          : {}),
      },
    },
    infrastructure: infrastructure(parts.instanceTypes),
    distribution: {
      use: "new",
      input: {
        name: `${name}-distribution`,
        distributions: [
          {
            region: place.region,
            amiDistributionConfiguration: { name: `${name}-{{ imagebuilder:buildDate }}` },
          },
        ],
      },
    },
  };
}
