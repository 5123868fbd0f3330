import { always, base, LICENCE_MISSING, LINUX_ROOT, testFailed } from "./demo-recipe-terms";
import { BASE_REPOSITORY } from "./demo-settings";
import type { DemoPipeline } from "./demo-types";

/** Nodes of clusters, the base of containers, and the workers of the render farm. */
export const NODE_PIPELINES: DemoPipeline[] = [
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
    nextRunInMinutes: 170,
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
    faults: [{ perMille: 20, fault: { kind: "vcpu-limit" } }],
    tags: { team: "containers" },
  },
  {
    name: "container-base",
    nextRunInMinutes: 6,
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
      scheduleExpression: "rate(6 hours)",
      timezone: "Etc/UTC",
      pipelineExecutionStartCondition: always,
    },
    faults: [{ perMille: 15, fault: { kind: "ecr-denied", region: "eu-west-1" } }],
    tags: { team: "containers" },
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
    faults: [{ perMille: 20, fault: { kind: "capacity" } }],
    failingSince: { runs: 6, fault: LICENCE_MISSING },
    tags: { team: "media" },
  },
];
