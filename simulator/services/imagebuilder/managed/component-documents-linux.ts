import { AMAZON_LINUX_2023, ANY_LINUX, type ManagedComponent, RPM_LINUX } from "./component-source";

/** Documents of our own writing behind the names that Amazon publishes for Linux. */

export const LINUX_COMPONENTS: ManagedComponent[] = [
  {
    name: "update-linux",
    description: "Updates Linux by installing all available updates via the UpdateOS action module.",
    platform: "Linux",
    supportedOsVersions: ["Amazon Linux 2", "Ubuntu", "Red Hat Enterprise Linux", "CentOS", "Debian"],
    versions: ["1.0.0", "1.0.1", "1.0.2"],
    document: `name: update-linux
description: Updates Linux by installing all available updates via the UpdateOS action module.
schemaVersion: 1.0
phases:
  - name: build
    steps:
      - name: UpdateStep
        action: UpdateOS
`,
  },
  {
    name: "aws-cli-version-2-linux",
    description: "Installs the latest AWS CLI version 2.",
    platform: "Linux",
    supportedOsVersions: ANY_LINUX,
    versions: ["1.0.0", "1.0.4", "1.0.6"],
    document: `name: aws-cli-version-2-linux
description: Installs the latest AWS CLI version 2.
schemaVersion: 1.0
constants:
  - Source:
      type: string
      value: https://awscli.amazonaws.com/awscli-exe-linux-x86_64.zip
phases:
  - name: build
    steps:
      - name: CreateTemporaryDirectory
        action: ExecuteBash
        inputs:
          commands:
            - mktemp -d
      - name: Download
        action: WebDownload
        maxAttempts: 3
        inputs:
          - source: '{{ Source }}'
            destination: '{{ build.CreateTemporaryDirectory.outputs.stdout }}/awscliv2.zip'
      - name: Install
        action: ExecuteBash
        inputs:
          commands:
            - set -e
            - cd '{{ build.CreateTemporaryDirectory.outputs.stdout }}'
            - unzip -q awscliv2.zip
            - ./aws/install --update
      - name: DeleteTemporaryDirectory
        action: DeleteFolder
        inputs:
          - path: '{{ build.CreateTemporaryDirectory.outputs.stdout }}'
            force: true
  - name: validate
    steps:
      - name: AwsCli
        action: ExecuteBash
        inputs:
          commands:
            - /usr/local/bin/aws --version
`,
  },
  {
    name: "amazon-cloudwatch-agent-linux",
    description: "Installs the latest version of the Amazon CloudWatch agent.",
    platform: "Linux",
    supportedOsVersions: ANY_LINUX,
    versions: ["1.0.0", "1.0.1"],
    document: `name: amazon-cloudwatch-agent-linux
description: Installs the latest version of the Amazon CloudWatch agent.
schemaVersion: 1.0
phases:
  - name: build
    steps:
      - name: Download
        action: WebDownload
        maxAttempts: 3
        inputs:
          - source: https://amazoncloudwatch-agent.s3.amazonaws.com/amazon_linux/amd64/latest/amazon-cloudwatch-agent.rpm
            destination: /tmp/amazon-cloudwatch-agent.rpm
      - name: Install
        action: ExecuteBash
        inputs:
          commands:
            - set -e
            - rpm -U /tmp/amazon-cloudwatch-agent.rpm
      - name: Delete
        action: DeleteFile
        inputs:
          - path: /tmp/amazon-cloudwatch-agent.rpm
  - name: validate
    steps:
      - name: Validate
        action: ExecuteBash
        inputs:
          commands:
            - /opt/aws/amazon-cloudwatch-agent/bin/amazon-cloudwatch-agent-ctl -a status
`,
  },
  {
    name: "amazon-corretto-17-headless",
    description: "Installs Amazon Corretto 17 headless.",
    platform: "Linux",
    supportedOsVersions: ["Amazon Linux 2", AMAZON_LINUX_2023],
    versions: ["1.0.0"],
    document: `name: amazon-corretto-17-headless
description: Installs Amazon Corretto 17 headless.
schemaVersion: 1.0
phases:
  - name: build
    steps:
      - name: Install
        action: ExecuteBash
        inputs:
          commands:
            - set -e
            - yum install -y java-17-amazon-corretto-headless
  - name: validate
    steps:
      - name: JavaVersion
        action: ExecuteBash
        inputs:
          commands:
            - java -version
`,
  },
  {
    name: "docker-ce-linux",
    description: "Installs Docker Community Edition from Amazon Linux Extras.",
    platform: "Linux",
    supportedOsVersions: ["Amazon Linux 2", AMAZON_LINUX_2023],
    versions: ["1.0.0", "1.0.1"],
    document: `name: docker-ce-linux
description: Installs Docker and starts it at boot.
schemaVersion: 1.0
phases:
  - name: build
    steps:
      - name: Install
        action: ExecuteBash
        inputs:
          commands:
            - set -e
            - yum install -y docker
            - systemctl enable docker
  - name: validate
    steps:
      - name: DockerVersion
        action: ExecuteBash
        inputs:
          commands:
            - docker --version
`,
  },
  ...(["high", "medium", "low"] as const).map(
    (level): ManagedComponent => ({
      name: `stig-build-linux-${level}`,
      description: `Applies the ${level} STIG settings to Linux.`,
      platform: "Linux",
      supportedOsVersions: RPM_LINUX,
      versions: ["2022.4.1", "2024.4.0", "2025.3.0"],
      document: `name: stig-build-linux-${level}
description: Applies the ${level} STIG settings to Linux.
schemaVersion: 1.0
parameters:
  - InstallPackages:
      type: string
      default: 'No'
      description: Yes installs the additional packages that the settings need.
phases:
  - name: build
    steps:
      - name: CreateWorkingDirectory
        action: CreateFolder
        inputs:
          - path: /opt/stig
      - name: DownloadStigScripts
        action: S3Download
        maxAttempts: 3
        inputs:
          - source: s3://aws-windows-downloads-us-east-1/STIG/Linux/Latest/LinuxAWSConfigureSTIG.tgz
            destination: /opt/stig/LinuxAWSConfigureSTIG.tgz
      - name: ApplyStigs
        action: ExecuteBash
        timeoutSeconds: 3600
        inputs:
          commands:
            - set -e
            - tar -xzf /opt/stig/LinuxAWSConfigureSTIG.tgz -C /opt/stig
            - echo "Applying ${level} settings, additional packages {{ InstallPackages }}"
            - /opt/stig/main.sh --level ${level} --install '{{ InstallPackages }}'
      - name: DeleteWorkingDirectory
        action: DeleteFolder
        inputs:
          - path: /opt/stig
            force: true
`,
    }),
  ),
  {
    name: "reboot-linux",
    description: "Reboots the system.",
    platform: "Linux",
    supportedOsVersions: ANY_LINUX,
    versions: ["1.0.0", "1.0.1"],
    document: `name: reboot-linux
description: Reboots the system.
schemaVersion: 1.0
phases:
  - name: build
    steps:
      - name: Reboot
        action: Reboot
        inputs:
          delaySeconds: 60
`,
  },
  {
    name: "simple-boot-test-linux",
    description: "Executes a simple boot test.",
    platform: "Linux",
    supportedOsVersions: ANY_LINUX,
    versions: ["1.0.0", "1.0.1"],
    document: `name: simple-boot-test-linux
description: Executes a simple boot test.
schemaVersion: 1.0
phases:
  - name: test
    steps:
      - name: BootTest
        action: ExecuteBash
        inputs:
          commands:
            - echo 'Simple boot test passed'
`,
  },
  {
    name: "reboot-test-linux",
    description: "Tests that the system can reboot.",
    platform: "Linux",
    supportedOsVersions: ANY_LINUX,
    versions: ["1.0.0"],
    document: `name: reboot-test-linux
description: Tests that the system can reboot.
schemaVersion: 1.0
phases:
  - name: test
    steps:
      - name: Reboot
        action: Reboot
        inputs:
          delaySeconds: 30
      - name: AfterReboot
        action: ExecuteBash
        inputs:
          commands:
            - uptime --since
`,
  },
  {
    name: "inspector-test-linux",
    description: "Performs a Center for Internet Security assessment with Amazon Inspector Classic.",
    platform: "Linux",
    supportedOsVersions: RPM_LINUX,
    versions: ["1.0.1", "1.0.7"],
    document: `name: inspector-test-linux
description: Performs a Center for Internet Security assessment with Amazon Inspector Classic.
schemaVersion: 1.0
phases:
  - name: test
    steps:
      - name: CreateResourceGroup
        action: ExecuteBash
        inputs:
          commands:
            - >-
              echo 'An error occurred (AccessDeniedException) when calling the CreateResourceGroup operation:
              Amazon Inspector Classic is no longer available' >&2
            - exit 1
`,
  },
];
