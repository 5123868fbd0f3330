import type { DemoComponent } from "./demo-types";

/** Documents a platform team would write for its Linux images. */
export const LINUX_DEMO_COMPONENTS: DemoComponent[] = [
  {
    name: "Platform-Baseline-Linux",
    description: "Packages, time, SSH and audit settings every Linux image starts from.",
    platform: "Linux",
    versions: [
      { version: "1.4.0", daysAgo: 212, change: "auditd rules for privileged commands." },
      { version: "1.5.0", daysAgo: 64, change: "chrony uses the Amazon time source only." },
    ],
    document: `name: Platform-Baseline-Linux
description: Packages, time, SSH and audit settings every Linux image starts from.
schemaVersion: 1.0
parameters:
  - Timezone:
      type: string
      default: Etc/UTC
      description: Time zone of the machine.
constants:
  - Packages:
      type: string
      value: chrony audit jq unzip
phases:
  - name: build
    steps:
      - name: InstallPackages
        action: ExecuteBash
        maxAttempts: 2
        timeoutSeconds: 900
        inputs:
          commands:
            - set -euo pipefail
            - dnf install -y {{ Packages }}
      - name: SetTimezone
        action: ExecuteBash
        inputs:
          commands:
            - timedatectl set-timezone '{{ Timezone }}'
      - name: WriteSshdSettings
        action: CreateFile
        inputs:
          - path: /etc/ssh/sshd_config.d/10-platform.conf
            content: |
              PermitRootLogin no
              PasswordAuthentication no
              X11Forwarding no
              ClientAliveInterval 300
            permissions: '0600'
            overwrite: true
      - name: EnableServices
        action: ExecuteBash
        inputs:
          commands:
            - set -e
            - systemctl enable chronyd auditd
  - name: validate
    steps:
      - name: CheckSshdSettings
        action: ExecuteBash
        inputs:
          commands:
            - set -e
            - grep -q 'PermitRootLogin no' /etc/ssh/sshd_config.d/10-platform.conf
            - echo 'sshd settings are in place'
`,
  },
  {
    name: "Nginx-Web-Server",
    description: "nginx with the company's TLS policy and a health endpoint.",
    platform: "Linux",
    versions: [
      { version: "2.1.0", daysAgo: 140, change: "TLS 1.2 and 1.3 only." },
      { version: "2.2.0", daysAgo: 38, change: "Health endpoint on /healthz." },
    ],
    document: `name: Nginx-Web-Server
description: nginx with the company's TLS policy and a health endpoint.
schemaVersion: 1.0
parameters:
  - WorkerConnections:
      type: string
      default: '4096'
      description: worker_connections of nginx.
phases:
  - name: build
    steps:
      - name: InstallNginx
        action: ExecuteBash
        inputs:
          commands:
            - set -euo pipefail
            - dnf install -y nginx
      - name: WriteTlsPolicy
        action: CreateFile
        inputs:
          - path: /etc/nginx/conf.d/tls.conf
            content: |
              ssl_protocols TLSv1.2 TLSv1.3;
              ssl_prefer_server_ciphers on;
              ssl_session_cache shared:SSL:10m;
            overwrite: true
      - name: WriteHealthEndpoint
        action: CreateFile
        inputs:
          - path: /etc/nginx/default.d/healthz.conf
            content: |
              location = /healthz {
                access_log off;
                return 200 "ok";
              }
            overwrite: true
      - name: EnableNginx
        action: ExecuteBash
        inputs:
          commands:
            - set -e
            - echo 'worker_connections {{ WorkerConnections }}'
            - systemctl enable nginx
  - name: validate
    steps:
      - name: CheckConfiguration
        action: ExecuteBash
        inputs:
          commands:
            - grep -q 'TLSv1.3' /etc/nginx/conf.d/tls.conf
            - echo 'nginx configuration holds the TLS policy'
`,
  },
  {
    name: "Web-Smoke-Test",
    description: "Starts nginx on a fresh instance and asks for the health endpoint.",
    platform: "Linux",
    versions: [{ version: "1.0.3", daysAgo: 120, change: "Waits for the port." }],
    document: `name: Web-Smoke-Test
description: Starts nginx on a fresh instance and asks for the health endpoint.
schemaVersion: 1.0
phases:
  - name: test
    steps:
      - name: StartNginx
        action: ExecuteBash
        inputs:
          commands:
            - set -e
            - systemctl start nginx
      - name: RequestHealthz
        action: ExecuteBash
        maxAttempts: 3
        timeoutSeconds: 60
        inputs:
          commands:
            - curl --silent --show-error --fail http://localhost/healthz
`,
  },
  {
    name: "Observability-Agents",
    description: "Fluent Bit and the OpenTelemetry collector, sending to the shared account.",
    platform: "Linux",
    versions: [
      { version: "3.0.1", daysAgo: 160, change: "Fluent Bit 3.1." },
      { version: "3.1.0", daysAgo: 19, change: "OpenTelemetry collector as a service." },
    ],
    document: `name: Observability-Agents
description: Fluent Bit and the OpenTelemetry collector, sending to the shared account.
schemaVersion: 1.0
constants:
  - CollectorUrl:
      type: string
      value: https://aws-otel-collector.s3.amazonaws.com/amazon_linux/amd64/latest/aws-otel-collector.rpm
phases:
  - name: build
    steps:
      - name: DownloadCollector
        action: WebDownload
        maxAttempts: 3
        inputs:
          - source: '{{ CollectorUrl }}'
            destination: /tmp/aws-otel-collector.rpm
      - name: InstallAgents
        action: ExecuteBash
        inputs:
          commands:
            - set -euo pipefail
            - rpm -U '{{ build.DownloadCollector.inputs[0].destination }}'
            - dnf install -y fluent-bit
      - name: EnableAgents
        action: ExecuteBash
        inputs:
          commands:
            - |
              for unit in fluent-bit aws-otel-collector; do
                systemctl enable "$unit"
                echo "enabled $unit"
              done
`,
  },
  {
    name: "Corporate-Certificates",
    description: "Adds the certificate authorities of the company to the trust store.",
    platform: "Linux",
    versions: [{ version: "1.2.0", daysAgo: 201, change: "Root of 2031." }],
    document: `name: Corporate-Certificates
description: Adds the certificate authorities of the company to the trust store.
schemaVersion: 1.0
phases:
  - name: build
    steps:
      - name: DownloadAuthorities
        action: S3Download
        inputs:
          - source: s3://platform-build-assets-111111111111/certificates/*
            destination: /etc/pki/ca-trust/source/anchors
      - name: UpdateTrust
        action: ExecuteBash
        inputs:
          commands:
            - set -e
            - update-ca-trust extract
            - echo 'trust store updated'
`,
  },
  {
    name: "CIS-Hardening-RHEL9",
    description: "Applies the CIS Red Hat Enterprise Linux 9 benchmark, level 1 or 2, with Ansible.",
    platform: "Linux",
    versions: [
      { version: "1.0.0", daysAgo: 155, change: "Benchmark 1.0.0." },
      { version: "2.0.0", daysAgo: 47, change: "Benchmark 2.0.0." },
    ],
    document: `name: CIS-Hardening-RHEL9
description: Applies the CIS Red Hat Enterprise Linux 9 benchmark, level 1 or 2, with Ansible.
schemaVersion: 1.0
parameters:
  - Level:
      type: string
      default: '1'
      description: CIS level, 1 or 2.
phases:
  - name: build
    steps:
      - name: InstallAnsible
        action: ExecuteBash
        timeoutSeconds: 900
        inputs:
          commands:
            - set -euo pipefail
            - dnf install -y ansible-core
      - name: DownloadBenchmark
        action: S3Download
        maxAttempts: 3
        inputs:
          - source: s3://platform-build-assets-111111111111/cis/rhel9-2.0.0.tar.gz
            destination: /tmp/rhel9-cis.tar.gz
      - name: ApplyBenchmark
        action: ExecuteBash
        timeoutSeconds: 3600
        inputs:
          commands:
            - set -e
            - tar -xzf /tmp/rhel9-cis.tar.gz -C /opt
            - echo 'applying CIS level {{ Level }}'
            - ansible-playbook -i localhost, -c local /opt/rhel9-cis/site.yml --tags 'level{{ Level }}-server'
      - name: RestartForKernelParameters
        action: Reboot
        inputs:
          delaySeconds: 10
  - name: validate
    steps:
      - name: CountFindings
        action: ExecuteBash
        inputs:
          commands:
            - echo 'passed 228, failed 0, not applicable 6'
`,
  },
  {
    name: "Ubuntu-Baseline",
    description: "Packages and unattended upgrades for Ubuntu.",
    platform: "Linux",
    versions: [
      { version: "1.0.0", daysAgo: 180, change: "First version." },
      { version: "1.1.0", daysAgo: 52, change: "Waits for the package lock." },
    ],
    document: `name: Ubuntu-Baseline
description: Packages and unattended upgrades for Ubuntu.
schemaVersion: 1.0
phases:
  - name: build
    steps:
      - name: WaitForPackageLock
        action: ExecuteBash
        timeoutSeconds: 600
        inputs:
          commands:
            - cloud-init status --wait
      - name: InstallUbuntuPackages
        action: ExecuteBash
        maxAttempts: 2
        inputs:
          commands:
            - set -euo pipefail
            - export DEBIAN_FRONTEND=noninteractive
            - apt-get update
            - apt-get install -y chrony jq unattended-upgrades unzip
      - name: WriteUpgradePolicy
        action: CreateFile
        inputs:
          - path: /etc/apt/apt.conf.d/52platform
            content: |
              Unattended-Upgrade::Automatic-Reboot "false";
              APT::Periodic::Unattended-Upgrade "1";
            overwrite: true
  - name: validate
    steps:
      - name: CheckUpgradePolicy
        action: ExecuteBash
        inputs:
          commands:
            - test -f /etc/apt/apt.conf.d/52platform
            - echo 'unattended upgrades are configured'
`,
  },
];
