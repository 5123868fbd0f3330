import type { DemoComponent } from "./demo-types";

/** Documents a platform team would write for its Windows images. */
export const WINDOWS_DEMO_COMPONENTS: DemoComponent[] = [
  {
    name: "Windows-Baseline",
    description: "Time source, event logs and firewall of every Windows server.",
    platform: "Windows",
    versions: [
      { version: "1.2.0", daysAgo: 190, change: "Larger security log." },
      { version: "1.3.0", daysAgo: 44, change: "SMB signing required." },
    ],
    document: `name: Windows-Baseline
description: Time source, event logs and firewall of every Windows server.
schemaVersion: 1.0
phases:
  - name: build
    steps:
      - name: ConfigureTime
        action: ExecutePowerShell
        inputs:
          commands:
            - $ErrorActionPreference = 'Stop'
            - w32tm /config /manualpeerlist:169.254.169.123 /syncfromflags:manual /update
      - name: ConfigureEventLogs
        action: ExecutePowerShell
        inputs:
          commands:
            - $ErrorActionPreference = 'Stop'
            - Limit-EventLog -LogName Security -MaximumSize 1GB
            - Write-Host 'Security log limited to 1 GB'
      - name: RequireSmbSigning
        action: SetRegistry
        inputs:
          - path: HKLM:\\SYSTEM\\CurrentControlSet\\Services\\LanmanServer\\Parameters
            name: RequireSecuritySignature
            value: '1'
            type: DWORD
  - name: validate
    steps:
      - name: CheckFirewall
        action: ExecutePowerShell
        inputs:
          commands:
            - Write-Host 'Firewall profiles Domain, Private and Public are enabled'
`,
  },
  {
    name: "IIS-Web-Role",
    description: "IIS with ASP.NET, without the default site.",
    platform: "Windows",
    versions: [{ version: "1.1.0", daysAgo: 110, change: "Removes the default site." }],
    document: `name: IIS-Web-Role
description: IIS with ASP.NET, without the default site.
schemaVersion: 1.0
parameters:
  - SiteName:
      type: string
      default: Platform
      description: Name of the site.
phases:
  - name: build
    steps:
      - name: InstallFeatures
        action: ExecutePowerShell
        timeoutSeconds: 1800
        inputs:
          commands:
            - $ErrorActionPreference = 'Stop'
            - Install-WindowsFeature -Name Web-Server,Web-Asp-Net45 -IncludeManagementTools
      - name: RestartAfterFeatures
        action: Reboot
        inputs:
          delaySeconds: 30
      - name: CreateSite
        action: ExecutePowerShell
        inputs:
          commands:
            - $ErrorActionPreference = 'Stop'
            - Remove-Website -Name 'Default Web Site'
            - New-Website -Name '{{ SiteName }}' -Port 80 -PhysicalPath C:\\inetpub\\platform
            - Write-Host 'Site {{ SiteName }} created'
`,
  },
  {
    name: "IIS-Smoke-Test",
    description: "Asks the site for its start page on a fresh instance.",
    platform: "Windows",
    versions: [{ version: "1.0.0", daysAgo: 110, change: "First version." }],
    document: `name: IIS-Smoke-Test
description: Asks the site for its start page on a fresh instance.
schemaVersion: 1.0
phases:
  - name: test
    steps:
      - name: RequestStartPage
        action: ExecutePowerShell
        maxAttempts: 3
        inputs:
          commands:
            - $ErrorActionPreference = 'Stop'
            - $answer = Invoke-WebRequest -UseBasicParsing -Uri http://localhost/
            - Write-Host "Status $($answer.StatusCode)"
`,
  },
];
