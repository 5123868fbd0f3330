import {
  always,
  base,
  LINUX_ROOT,
  mirrorUnreachable,
  onUpdates,
  packageLock,
  SDA_ROOT,
  testFailed,
} from "./demo-recipe-terms";
import { PRODUCTION_ACCOUNT } from "./demo-settings";
import type { DemoPipeline } from "./demo-types";

/** Servers: web, Ubuntu, Windows, RHEL, the hardened base, and Java until it is gone. */
export const SERVER_PIPELINES: DemoPipeline[] = [
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
    faults: [
      { perMille: 160, fault: { kind: "kms-denied", region: "eu-west-1", accountId: PRODUCTION_ACCOUNT } },
    ],
    failingSince: { runs: 2, fault: mirrorUnreachable("InstallAnsible") },
    tags: { team: "security" },
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
    faults: [{ perMille: 300, fault: { kind: "cross-account-role", accountId: PRODUCTION_ACCOUNT } }],
    approval: true,
    tags: { team: "security", classification: "restricted" },
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
    faults: [],
    failingSince: { runs: 5, fault: { kind: "ssm-timeout" } },
    disabledDaysAgo: 33,
    tags: { team: "platform", retire: "yes" },
  },
];
