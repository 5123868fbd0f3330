import type { BuildFault } from "../build/types";
import { BASE_REPOSITORY, PRODUCTION_ACCOUNT } from "./demo-settings";
import type { DemoPipeline } from "./demo-types";

const base = (name: string) => `arn:aws:imagebuilder:us-east-1:aws:image/${name}/x.x.x`;
const always = "EXPRESSION_MATCH_ONLY" as const;
const onUpdates = "EXPRESSION_MATCH_AND_DEPENDENCY_UPDATES_AVAILABLE" as const;
const LINUX_ROOT = [
  { deviceName: "/dev/xvda", ebs: { volumeSize: 20, volumeType: "gp3" as const, encrypted: true } },
];
const SDA_ROOT = [
  { deviceName: "/dev/sda1", ebs: { volumeSize: 60, volumeType: "gp3" as const, encrypted: true } },
];

const mirrorUnreachable = (step: string): BuildFault => ({
  kind: "component-step",
  step,
  exitCode: 1,
  stdout: ["Platform mirror                                 0.0  B/s |   0  B     02:00"],
  stderr:
    "Errors during downloading metadata for repository 'platform-mirror':\n  - Curl error (28): Timeout was reached for https://mirror.platform.example/el9/repodata/repomd.xml [Connection timed out after 30001 milliseconds]\nError: Failed to download metadata for repo 'platform-mirror': Cannot download repomd.xml: All mirrors were tried",
});
const testFailed = (step: string, stderr: string): BuildFault => ({
  kind: "component-step",
  step,
  exitCode: 7,
  stderr,
});
const packageLock: BuildFault = {
  kind: "component-step",
  step: "InstallUbuntuPackages",
  exitCode: 100,
  stderr:
    "E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 2214 (unattended-upgr)\nE: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), is another process using it?",
};
const LICENCE_MISSING: BuildFault = {
  kind: "component-step",
  step: "RegisterHost",
  exitCode: 127,
  stdout: ["registering with licences.platform.example"],
  stderr: "/opt/licence/bin/licensectl: No such file or directory",
};

export const DEMO_PIPELINES: DemoPipeline[] = [
  {
    name: "web-base",
    description: "Amazon Linux 2023 with nginx, the base of all web services.",
    recipe: {
      name: "Web-Base",
      description: "Amazon Linux 2023 with nginx and the platform's agents.",
      parentImage: base("amazon-linux-2023-x86"),
      platform: "Linux",
      blockDeviceMappings: LINUX_ROOT,
      versions: [
        {
          version: "1.6.0",
          daysAgo: 130,
          components: ["Platform-Baseline-Linux@1.4.0", "Nginx-Web-Server@2.1.0", "Web-Smoke-Test@1.0.3"],
        },
        {
          version: "1.7.0",
          daysAgo: 62,
          components: [
            "Platform-Baseline-Linux@1.5.0?Timezone=Etc/UTC",
            "Nginx-Web-Server@2.1.0",
            "Observability-Agents@3.0.1",
            "Web-Smoke-Test@1.0.3",
          ],
        },
        {
          version: "1.8.0",
          daysAgo: 18,
          components: [
            "Platform-Baseline-Linux@1.5.0?Timezone=Etc/UTC",
            "Nginx-Web-Server@2.2.0?WorkerConnections=8192",
            "Observability-Agents@3.1.0",
            "Web-Smoke-Test@1.0.3",
            "aws:simple-boot-test-linux",
          ],
        },
      ],
    },
    infrastructure: "linux-general",
    distribution: "two-regions",
    schedule: {
      scheduleExpression: "cron(0 6 * * ? *)",
      timezone: "Etc/UTC",
      pipelineExecutionStartCondition: always,
    },
    cadence: { everyHours: 24, atHour: 6, atMinute: 0 },
    faults: [
      { perMille: 40, fault: mirrorUnreachable("InstallPackages") },
      {
        perMille: 35,
        fault: testFailed(
          "RequestHealthz",
          "curl: (7) Failed to connect to localhost port 80 after 0 ms: Could not connect to server",
        ),
      },
      { perMille: 15, fault: { kind: "capacity" } },
    ],
    scanning: true,
    tags: { team: "platform", service: "web" },
  },
  {
    name: "ubuntu-24-base",
    description: "Ubuntu 24.04 LTS for the teams that need it.",
    recipe: {
      name: "Ubuntu-24-Base",
      description: "Ubuntu 24.04 with the platform's packages.",
      parentImage: "ssm:/aws/service/canonical/ubuntu/server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id",
      platform: "Linux",
      blockDeviceMappings: SDA_ROOT,
      versions: [
        {
          version: "1.0.0",
          daysAgo: 150,
          components: ["Ubuntu-Baseline@1.0.0", "aws:simple-boot-test-linux"],
        },
        {
          version: "1.1.0",
          daysAgo: 50,
          components: ["Ubuntu-Baseline@1.1.0", "aws:simple-boot-test-linux"],
        },
      ],
    },
    infrastructure: "linux-general",
    distribution: "two-regions",
    schedule: {
      scheduleExpression: "cron(30 4 ? * MON-FRI *)",
      timezone: "Europe/Berlin",
      pipelineExecutionStartCondition: always,
    },
    cadence: { everyHours: 24, atHour: 3, atMinute: 30, weekdays: [1, 2, 3, 4, 5] },
    faults: [{ perMille: 90, fault: packageLock }],
    tags: { team: "platform" },
  },
  {
    name: "windows-2025-iis",
    description: "Windows Server 2025 with IIS.",
    recipe: {
      name: "Windows-2025-IIS",
      description: "Windows Server 2025 with IIS and ASP.NET.",
      parentImage: base("windows-server-2025-english-full-base-x86"),
      platform: "Windows",
      blockDeviceMappings: SDA_ROOT,
      versions: [
        {
          version: "1.2.0",
          daysAgo: 108,
          components: ["Windows-Baseline@1.2.0", "IIS-Web-Role@1.1.0", "IIS-Smoke-Test@1.0.0"],
        },
        {
          version: "1.3.0",
          daysAgo: 43,
          components: [
            "Windows-Baseline@1.3.0",
            "aws:update-windows",
            "IIS-Web-Role@1.1.0?SiteName=Platform",
            "IIS-Smoke-Test@1.0.0",
          ],
        },
      ],
    },
    infrastructure: "windows-large",
    distribution: "virginia-only",
    schedule: {
      scheduleExpression: "cron(0 22 ? * SAT *)",
      timezone: "America/New_York",
      pipelineExecutionStartCondition: onUpdates,
    },
    cadence: { everyHours: 24, atHour: 3, atMinute: 0, weekdays: [0, 3] },
    faults: [
      { perMille: 60, fault: { kind: "sysprep-failed" } },
      { perMille: 60, fault: { kind: "ssm-timeout", stage: "TEST" } },
    ],
    tags: { team: "platform", service: "intranet" },
  },
  {
    name: "rhel-9-cis",
    description: "Red Hat Enterprise Linux 9 to CIS level 1.",
    recipe: {
      name: "RHEL-9-CIS",
      description: "Red Hat Enterprise Linux 9 with the CIS benchmark, level 1.",
      parentImage: base("red-hat-enterprise-linux-9-x86"),
      platform: "Linux",
      blockDeviceMappings: SDA_ROOT,
      versions: [
        {
          version: "1.0.0",
          daysAgo: 140,
          components: [
            "Platform-Baseline-Linux@1.4.0",
            "CIS-Hardening-RHEL9@1.0.0?Level=1",
            "aws:simple-boot-test-linux",
          ],
        },
        {
          version: "2.0.0",
          daysAgo: 45,
          components: [
            "Platform-Baseline-Linux@1.5.0",
            "CIS-Hardening-RHEL9@2.0.0?Level=1",
            "aws:simple-boot-test-linux",
          ],
        },
      ],
    },
    infrastructure: "hardened-network",
    distribution: "production-copies",
    schedule: {
      scheduleExpression: "cron(0 3 ? * TUE,FRI *)",
      timezone: "Europe/London",
      pipelineExecutionStartCondition: always,
    },
    cadence: { everyHours: 24, atHour: 3, atMinute: 0, weekdays: [2, 5] },
    faults: [
      { perMille: 80, fault: { kind: "kms-denied", region: "eu-west-1", accountId: PRODUCTION_ACCOUNT } },
    ],
    failingSince: { runs: 2, fault: mirrorUnreachable("InstallAnsible") },
    tags: { team: "security" },
  },
  {
    name: "eks-node-1-34",
    description: "Nodes of the Kubernetes 1.34 clusters.",
    recipe: {
      name: "EKS-Node",
      description: "EKS optimised Amazon Linux 2023 with our limits and a warm image cache.",
      parentImage: base("amazon-eks-optimized-kernel-5-x86"),
      platform: "Linux",
      blockDeviceMappings: [
        { deviceName: "/dev/xvda", ebs: { volumeSize: 80, volumeType: "gp3" as const, encrypted: true } },
      ],
      versions: [
        { version: "1.33.4", daysAgo: 120, components: ["EKS-Node-Settings@1.33.0", "EKS-Node-Test@1.0.1"] },
        {
          version: "1.34.0",
          daysAgo: 57,
          components: ["EKS-Node-Settings@1.34.0?MaxPods=110", "EKS-Node-Test@1.0.1"],
        },
        {
          version: "1.34.1",
          daysAgo: 9,
          components: [
            "EKS-Node-Settings@1.34.0?MaxPods=220",
            "Observability-Agents@3.1.0",
            "EKS-Node-Test@1.0.1",
          ],
        },
      ],
    },
    infrastructure: "linux-general",
    distribution: "eks-nodes",
    schedule: {
      scheduleExpression: "cron(15 */12 * * ? *)",
      timezone: "Etc/UTC",
      pipelineExecutionStartCondition: always,
    },
    cadence: { everyHours: 12, atHour: 0, atMinute: 15 },
    faults: [
      { perMille: 25, fault: { kind: "launch-template-missing", region: "eu-west-1" } },
      { perMille: 20, fault: { kind: "ssm-timeout" } },
      {
        perMille: 20,
        fault: testFailed(
          "StartContainerd",
          'Job for containerd.service failed because the control process exited with error code.\nSee "systemctl status containerd.service" and "journalctl -xeu containerd.service" for details.',
        ),
      },
    ],
    scanning: true,
    tags: { team: "containers" },
  },
  {
    name: "ecs-node",
    description: "Container instances of the ECS clusters.",
    recipe: {
      name: "ECS-Node",
      description: "ECS optimised Amazon Linux 2023.",
      parentImage: base("amazon-linux-2023-ecs-optimized-x86"),
      platform: "Linux",
      blockDeviceMappings: LINUX_ROOT,
      versions: [
        {
          version: "2.3.0",
          daysAgo: 97,
          components: ["ECS-Node-Settings@2.3.0", "aws:simple-boot-test-linux"],
        },
      ],
    },
    infrastructure: "linux-general",
    distribution: "virginia-only",
    schedule: {
      scheduleExpression: "rate(12 hours)",
      timezone: "Etc/UTC",
      pipelineExecutionStartCondition: always,
    },
    cadence: { everyHours: 12, atHour: 5, atMinute: 40 },
    faults: [{ perMille: 20, fault: { kind: "vcpu-limit" } }],
    tags: { team: "containers" },
  },
  {
    name: "hardened-base",
    description: "CIS level 2 base for regulated workloads; a person approves each image.",
    recipe: {
      name: "Hardened-Base",
      description: "Amazon Linux 2023 with STIG settings for regulated workloads.",
      parentImage: base("amazon-linux-2023-x86"),
      platform: "Linux",
      blockDeviceMappings: LINUX_ROOT,
      versions: [
        {
          version: "3.0.0",
          daysAgo: 100,
          components: [
            "Platform-Baseline-Linux@1.4.0",
            "aws:stig-build-linux-high",
            "Corporate-Certificates@1.2.0",
            "aws:simple-boot-test-linux",
          ],
        },
        {
          version: "3.1.0",
          daysAgo: 60,
          components: [
            "Platform-Baseline-Linux@1.5.0",
            "aws:stig-build-linux-high",
            "Corporate-Certificates@1.2.0",
            "aws:simple-boot-test-linux",
          ],
        },
      ],
    },
    infrastructure: "hardened-network",
    distribution: "production-copies",
    schedule: {
      scheduleExpression: "cron(0 1 1,15 * ? *)",
      timezone: "Europe/Zurich",
      pipelineExecutionStartCondition: onUpdates,
    },
    cadence: { everyHours: 24 * 14, atHour: 1, atMinute: 0 },
    faults: [{ perMille: 100, fault: { kind: "cross-account-role", accountId: PRODUCTION_ACCOUNT } }],
    approval: true,
    tags: { team: "security", classification: "restricted" },
  },
  {
    name: "container-base",
    description: "Base image of all application containers.",
    recipe: {
      name: "Container-Base",
      description: "Amazon Linux 2023 with a non-root user and an init.",
      parentImage: base("amazon-linux-2023-container-x86"),
      platform: "Linux",
      versions: [{ version: "1.6.0", daysAgo: 95, components: ["Container-Runtime-Base@1.6.0"] }],
      container: {
        repositoryName: BASE_REPOSITORY,
        dockerfile:
          'FROM {{{ imagebuilder:parentImage }}}\n{{{ imagebuilder:environments }}}\n{{{ imagebuilder:components }}}\nUSER 10001\nENTRYPOINT ["/usr/bin/tini", "--"]\n',
      },
    },
    infrastructure: "container-builders",
    distribution: "container-registry",
    schedule: {
      scheduleExpression: "rate(4 hours)",
      timezone: "Etc/UTC",
      pipelineExecutionStartCondition: always,
    },
    cadence: { everyHours: 8, atHour: 2, atMinute: 20 },
    faults: [{ perMille: 15, fault: { kind: "ecr-denied", region: "eu-west-1" } }],
    tags: { team: "containers" },
  },
  {
    name: "legacy-java-base",
    description: "Amazon Linux 2 with Corretto 17, until the last service has moved.",
    recipe: {
      name: "Legacy-Java-Base",
      description: "Amazon Linux 2 with Corretto 17.",
      parentImage: base("amazon-linux-2-x86"),
      platform: "Linux",
      blockDeviceMappings: LINUX_ROOT,
      versions: [
        {
          version: "1.0.0",
          daysAgo: 220,
          components: ["aws:update-linux", "aws:amazon-corretto-17-headless", "aws:simple-boot-test-linux"],
        },
      ],
    },
    infrastructure: "linux-general",
    distribution: "virginia-only",
    schedule: {
      scheduleExpression: "cron(0 2 ? * SUN,WED *)",
      timezone: "Etc/UTC",
      pipelineExecutionStartCondition: always,
    },
    cadence: { everyHours: 24, atHour: 2, atMinute: 0, weekdays: [0, 3] },
    faults: [],
    failingSince: { runs: 5, fault: { kind: "ssm-timeout" } },
    disabledDaysAgo: 33,
    tags: { team: "platform", retire: "yes" },
  },
  {
    name: "render-workers",
    description: "Workers of the render farm with the vendor's licence client.",
    recipe: {
      name: "Render-Worker",
      description: "Amazon Linux 2023 with the render software's licence client.",
      parentImage: base("amazon-linux-2023-x86"),
      platform: "Linux",
      blockDeviceMappings: LINUX_ROOT,
      versions: [
        { version: "1.0.0", daysAgo: 95, components: ["Platform-Baseline-Linux@1.4.0"] },
        { version: "1.1.0", daysAgo: 6, components: ["Platform-Baseline-Linux@1.5.0", "Host-Licence@1.1.0"] },
      ],
    },
    infrastructure: "linux-general",
    distribution: "virginia-only",
    schedule: {
      scheduleExpression: "cron(45 7 * * ? *)",
      timezone: "Asia/Tokyo",
      pipelineExecutionStartCondition: always,
      autoDisablePolicy: { failureCount: 10 },
    },
    cadence: { everyHours: 24, atHour: 22, atMinute: 45 },
    faults: [{ perMille: 20, fault: { kind: "capacity" } }],
    failingSince: { runs: 6, fault: LICENCE_MISSING },
    tags: { team: "media" },
  },
];
