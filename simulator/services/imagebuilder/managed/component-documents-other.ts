import { ANY_MACOS, ANY_WINDOWS, type ManagedComponent } from "./component-source";

/** Documents of our own writing behind the names that Amazon publishes for Windows and macOS. */

const windows = (
  name: string,
  description: string,
  versions: string[],
  phases: string,
): ManagedComponent => ({
  name,
  description,
  platform: "Windows",
  supportedOsVersions: ANY_WINDOWS,
  versions,
  document: `name: ${name}\ndescription: ${description}\nschemaVersion: 1.0\n${phases}`,
});

export const WINDOWS_COMPONENTS: ManagedComponent[] = [
  windows(
    "update-windows",
    "Updates Windows with the latest security updates.",
    ["1.0.0", "1.0.2"],
    `parameters:
  - exclude:
      type: string
      default: ''
      description: Updates to leave out, separated by commas.
  - include:
      type: string
      default: ''
      description: Updates to install, separated by commas. Empty installs all.
phases:
  - name: build
    steps:
      - name: UpdateWindows
        action: UpdateOS
        maxAttempts: 3
        timeoutSeconds: 14400
`,
  ),
  windows(
    "amazon-cloudwatch-agent-windows",
    "Installs the latest version of the Amazon CloudWatch agent.",
    ["1.0.0"],
    `phases:
  - name: build
    steps:
      - name: Download
        action: WebDownload
        inputs:
          - source: https://amazoncloudwatch-agent.s3.amazonaws.com/windows/amd64/latest/amazon-cloudwatch-agent.msi
            destination: C:\\Windows\\Temp\\amazon-cloudwatch-agent.msi
      - name: Install
        action: InstallMSI
        inputs:
          path: C:\\Windows\\Temp\\amazon-cloudwatch-agent.msi
          reboot: Skip
      - name: Delete
        action: DeleteFile
        inputs:
          - path: C:\\Windows\\Temp\\amazon-cloudwatch-agent.msi
`,
  ),
  windows(
    "aws-cli-version-2-windows",
    "Installs the latest AWS CLI version 2.",
    ["1.0.0", "1.0.1"],
    `phases:
  - name: build
    steps:
      - name: Install
        action: InstallMSI
        inputs:
          path: https://awscli.amazonaws.com/AWSCLIV2.msi
          reboot: Skip
  - name: validate
    steps:
      - name: AwsCli
        action: ExecutePowerShell
        inputs:
          commands:
            - $ErrorActionPreference = 'Stop'
            - "& 'C:\\\\Program Files\\\\Amazon\\\\AWSCLIV2\\\\aws.exe' --version"
`,
  ),
  windows(
    "stig-build-windows-high",
    "Applies the high STIG settings to Windows Server.",
    ["2022.4.0", "2025.3.0"],
    `phases:
  - name: build
    steps:
      - name: ApplyStigs
        action: ExecutePowerShell
        timeoutSeconds: 3600
        inputs:
          commands:
            - $ErrorActionPreference = 'Stop'
            - Write-Host 'Applying high settings to Windows Server'
            - Write-Host '271 of 273 settings applied, 2 do not apply to this role'
`,
  ),
  windows(
    "reboot-windows",
    "Reboots the system.",
    ["1.0.0"],
    `phases:
  - name: build
    steps:
      - name: Reboot
        action: Reboot
        inputs:
          delaySeconds: 60
`,
  ),
  windows(
    "simple-boot-test-windows",
    "Executes a simple boot test.",
    ["1.0.0"],
    `phases:
  - name: test
    steps:
      - name: BootTest
        action: ExecutePowerShell
        inputs:
          commands:
            - Write-Host 'Simple boot test passed'
`,
  ),
  windows(
    "windows-server-iis",
    "Installs the Web Server (IIS) role.",
    ["1.0.0"],
    `phases:
  - name: build
    steps:
      - name: InstallRole
        action: ExecutePowerShell
        inputs:
          commands:
            - $ErrorActionPreference = 'Stop'
            - Install-WindowsFeature -Name Web-Server -IncludeManagementTools
`,
  ),
];

export const MACOS_COMPONENTS: ManagedComponent[] = [
  {
    name: "simple-boot-test-macos",
    description: "Executes a simple boot test.",
    platform: "macOS",
    supportedOsVersions: ANY_MACOS,
    versions: ["1.0.0"],
    document: `name: simple-boot-test-macos
description: Executes a simple boot test.
schemaVersion: 1.0
phases:
  - name: test
    steps:
      - name: BootTest
        action: ExecuteBash
        inputs:
          commands:
            - sw_vers
`,
  },
];
