import type { DemoComponent } from "./demo-types";

/** Documents for cluster nodes, containers and the host license that keeps failing. */
export const NODE_DEMO_COMPONENTS: DemoComponent[] = [
  {
    name: "EKS-Node-Settings",
    description: "Kubelet limits, image cache and kernel parameters of EKS nodes.",
    platform: "Linux",
    versions: [
      { version: "1.33.0", daysAgo: 170, change: "Kubernetes 1.33." },
      { version: "1.34.0", daysAgo: 58, change: "Kubernetes 1.34." },
    ],
    document: `name: EKS-Node-Settings
description: Kubelet limits, image cache and kernel parameters of EKS nodes.
schemaVersion: 1.0
parameters:
  - MaxPods:
      type: string
      default: '110'
      description: Pods a node may run.
phases:
  - name: build
    steps:
      - name: WriteKernelParameters
        action: CreateFile
        inputs:
          - path: /etc/sysctl.d/80-eks.conf
            content: |
              fs.inotify.max_user_watches = 524288
              net.ipv4.ip_local_port_range = 1024 65000
              vm.max_map_count = 262144
            overwrite: true
      - name: CacheImages
        action: ExecuteBash
        loop:
          name: images
          forEach:
            - 602401143452.dkr.ecr.us-east-1.amazonaws.com/eks/pause:3.10
            - 602401143452.dkr.ecr.us-east-1.amazonaws.com/amazon-k8s-cni:v1.20.1
            - 602401143452.dkr.ecr.us-east-1.amazonaws.com/eks/kube-proxy:v1.34.0
        inputs:
          commands:
            - echo 'caching {{ images.value }}'
            - ctr --namespace k8s.io images pull '{{ images.value }}'
      - name: SetMaxPods
        action: ExecuteBash
        inputs:
          commands:
            - mkdir -p /etc/eks/nodeadm.d
            - echo 'maxPods {{ MaxPods }}' > /etc/eks/nodeadm.d/limits
  - name: validate
    steps:
      - name: CheckKernelParameters
        action: ExecuteBash
        inputs:
          commands:
            - grep -c '=' /etc/sysctl.d/80-eks.conf
`,
  },
  {
    name: "EKS-Node-Test",
    description: "Checks that kubelet and containerd of a node start.",
    platform: "Linux",
    versions: [{ version: "1.0.1", daysAgo: 130, change: "containerd socket." }],
    document: `name: EKS-Node-Test
description: Checks that kubelet and containerd of a node start.
schemaVersion: 1.0
phases:
  - name: test
    steps:
      - name: StartContainerd
        action: ExecuteBash
        inputs:
          commands:
            - set -e
            - systemctl start containerd
      - name: CheckKubelet
        action: ExecuteBash
        timeoutSeconds: 120
        inputs:
          commands:
            - kubelet --version
`,
  },
  {
    name: "ECS-Node-Settings",
    description: "Agent configuration of ECS container instances.",
    platform: "Linux",
    versions: [{ version: "2.3.0", daysAgo: 98, change: "Spot draining." }],
    document: `name: ECS-Node-Settings
description: Agent configuration of ECS container instances.
schemaVersion: 1.0
phases:
  - name: build
    steps:
      - name: WriteAgentConfiguration
        action: CreateFile
        inputs:
          - path: /etc/ecs/ecs.config
            content: |
              ECS_ENABLE_SPOT_INSTANCE_DRAINING=true
              ECS_IMAGE_PULL_BEHAVIOR=prefer-cached
              ECS_ENABLE_CONTAINER_METADATA=true
            overwrite: true
      - name: UpdateAgent
        action: ExecuteBash
        maxAttempts: 2
        inputs:
          commands:
            - set -euo pipefail
            - dnf update -y ecs-init
            - systemctl enable ecs
  - name: test
    steps:
      - name: CheckAgentConfiguration
        action: ExecuteBash
        inputs:
          commands:
            - grep -q SPOT_INSTANCE_DRAINING=true /etc/ecs/ecs.config
            - echo 'agent configuration is in place'
`,
  },
  {
    name: "Container-Runtime-Base",
    description: "Non-root user, certificates and a small init for application containers.",
    platform: "Linux",
    versions: [{ version: "1.6.0", daysAgo: 88, change: "Adds tini." }],
    document: `name: Container-Runtime-Base
description: Non-root user, certificates and a small init for application containers.
schemaVersion: 1.0
phases:
  - name: build
    steps:
      - name: InstallRuntimePackages
        action: ExecuteBash
        inputs:
          commands:
            - set -euo pipefail
            - dnf install -y ca-certificates shadow-utils tini
      - name: AddUser
        action: ExecuteBash
        inputs:
          commands:
            - useradd --uid 10001 --no-create-home app
  - name: test
    steps:
      - name: CheckUser
        action: ExecuteBash
        inputs:
          commands:
            - id app
`,
  },
  {
    name: "Host-Licence",
    description: "Registers the host with the licence server of the rendering software.",
    platform: "Linux",
    versions: [
      { version: "1.0.0", daysAgo: 96, change: "First version." },
      { version: "1.1.0", daysAgo: 6, change: "Uses the client of the new vendor package." },
    ],
    document: `name: Host-Licence
description: Registers the host with the licence server of the rendering software.
schemaVersion: 1.0
parameters:
  - LicenceServer:
      type: string
      default: licences.platform.example
      description: Name of the licence server.
phases:
  - name: build
    steps:
      - name: InstallLicenceClient
        action: ExecuteBash
        inputs:
          commands:
            - set -e
            - dnf install -y render-licence-client
      - name: RegisterHost
        action: ExecuteBash
        inputs:
          commands:
            - set -e
            - echo 'registering with {{ LicenceServer }}'
            - |
              if [ ! -x /opt/licence/bin/licensectl ]; then
                echo '/opt/licence/bin/licensectl: No such file or directory' >&2
                exit 127
              fi
            - /opt/licence/bin/licensectl register --server '{{ LicenceServer }}'
`,
  },
];
