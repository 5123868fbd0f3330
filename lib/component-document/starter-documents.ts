import type { Platform } from "goldsmith-languages/component";

const script = (
  action: "ExecuteBash" | "ExecutePowerShell",
  strict: string,
  lines: Record<"build" | "validate", string[]>,
) =>
  (["build", "validate"] as const)
    .map(
      (phase) => `  - name: ${phase}
    steps:
      - name: ${phase === "build" ? "Install" : "Check"}
        action: ${action}
        inputs:
          commands:
            - |
${[strict, ...lines[phase]].map((line) => `              ${line}`).join("\n")}
`,
    )
    .join("");

const head = `name: my-component
description: Says what it installs or changes, and why.
schemaVersion: 1.0
phases:
`;

/** What a new component begins with: small, complete, and without a finding of the linter. */
export const starterDocuments: Readonly<Record<Platform, string>> = {
  Linux: `${head}${script("ExecuteBash", "set -euo pipefail", {
    build: ["dnf install -y nginx"],
    validate: ["nginx -v"],
  })}`,
  Windows: `${head}${script("ExecutePowerShell", "$ErrorActionPreference = 'Stop'", {
    build: ["Install-WindowsFeature -Name Web-Server"],
    validate: ["if (-not (Get-WindowsFeature Web-Server).Installed) { throw 'IIS is not installed' }"],
  })}`,
  macOS: `${head}${script("ExecuteBash", "set -euo pipefail", {
    build: ["softwareupdate --install --recommended"],
    validate: ["sw_vers"],
  })}`,
};
