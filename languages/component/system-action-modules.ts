import type { ActionModule, ModuleInput } from "./types";

const msiInputs: readonly ModuleInput[] = [
  {
    name: "path",
    type: "string",
    required: true,
    description: "The MSI file: a local path, an s3:// URI or a URL.",
  },
  {
    name: "reboot",
    type: "string",
    default: "Allow",
    values: ["Allow", "Force", "Skip"],
    description: "Whether the instance restarts afterwards.",
  },
  {
    name: "logOptions",
    type: "string",
    default: "*VX",
    pattern: /^[iwearucmopvx+!*]+$/i,
    description: "Flags passed after /L: i, w, e, a, r, u, c, m, o, p, v, x, +, ! and *.",
  },
  { name: "logFile", type: "string", description: "Where to keep the installer's log." },
  {
    name: "properties",
    type: "text map",
    refusedKeys: ["REBOOT", "REINSTALL", "REINSTALLMODE"],
    description: "MSI properties, for example TARGETDIR.",
  },
  {
    name: "ignoreAuthenticodeSignatureErrors",
    type: "boolean",
    default: "false",
    description: "true: run the installer although its signature is not valid.",
  },
  {
    name: "allowUnsignedInstaller",
    type: "boolean",
    default: "false",
    description: "true: run the installer although it is not signed.",
  },
];

const msi = (name: string, description: string): Omit<ActionModule, "link"> => ({
  name,
  description,
  platforms: ["Windows"],
  shape: "map",
  inputs: msiInputs,
  outputs: ["logFile", "msiExitCode", "stdout"],
});

/** Modules that install software or change the system. */
export const systemModules: readonly Omit<ActionModule, "link">[] = [
  msi("InstallMSI", "Installs an MSI package. Exit codes 0, 1614, 1641 and 3010 are success."),
  msi("UninstallMSI", "Removes an MSI package. Exit codes 0, 1605, 1614, 1641 and 3010 are success."),
  {
    name: "Reboot",
    description: "Restarts the instance and goes on with the next step. A step timeout has no effect.",
    // The guide's title and index list no macOS; its text is silent.
    platforms: ["Linux", "Windows"],
    shape: "optional map",
    inputs: [
      {
        name: "delaySeconds",
        type: "integer",
        default: "0",
        description: "How long to wait before the restart.",
      },
    ],
    outputs: [],
    fixedStepKeys: { timeoutSeconds: null },
  },
  {
    name: "SetRegistry",
    description: "Sets values in the Windows registry, and creates keys that are missing.",
    platforms: ["Windows"],
    shape: "list",
    inputs: [
      {
        name: "path",
        type: "string",
        required: true,
        pattern:
          /^(HKCR|HKU|HKLM|HKCC|HKCU):|^HKEY_(CLASSES_ROOT|USERS|LOCAL_MACHINE|CURRENT_CONFIG|CURRENT_USER)\b/,
        description: "The key, below HKCR, HKU, HKLM, HKCC or HKCU, or their long names.",
      },
      { name: "name", type: "string", required: true, description: "The name of the value." },
      {
        name: "value",
        type: "text, number or list",
        required: true,
        description: "Text, a number, or a list of texts.",
      },
      {
        name: "type",
        type: "string",
        required: true,
        values: ["BINARY", "DWORD", "QWORD", "SZ", "EXPAND_SZ", "MULTI_SZ"],
        description: "The type of the value.",
      },
    ],
    outputs: [],
  },
  {
    name: "UpdateOS",
    description: "Installs updates of the operating system: Windows, or Linux with yum or apt-get.",
    platforms: ["Linux", "Windows"],
    shape: "optional map",
    inputs: [
      {
        name: "include",
        type: "string list",
        default: "all updates",
        description: "Only these: package names, KB numbers or title patterns.",
      },
      { name: "exclude", type: "string list", description: "All but these." },
    ],
    outputs: [],
  },
];
