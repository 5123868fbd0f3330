import type { Platform } from "../types";

type InputKind = "text" | "boolean" | "integer" | "texts" | "parameters";

interface InputKey {
  kind: InputKind;
  required?: true;
  /** Refused on Windows. */
  posixOnly?: true;
}

/** What AWSTOE accepts for one action. */
export interface ActionModule {
  platforms: readonly Platform[];
  /** `list`: inputs is a list of maps. `open`: the keys are checked by the action's own rule. */
  shape: "map" | "list" | "open";
  inputsOptional?: true;
  /** Commands end with an exit code. */
  command?: true;
  keys: Record<string, InputKey>;
  /** Exactly one of them. */
  oneOf?: readonly string[];
  /** All of them or none. */
  together?: readonly string[];
}

const ALL: readonly Platform[] = ["Linux", "Windows", "macOS"];
const POSIX: readonly Platform[] = ["Linux", "macOS"];
const need = { kind: "text", required: true } as const;
const text = { kind: "text" } as const;
const flag = { kind: "boolean" } as const;
const posixText = { kind: "text", posixOnly: true } as const;
const transfer = { source: need, destination: need };
const owned = { owner: posixText, group: posixText, permissions: posixText };
const installer = {
  path: need,
  reboot: text,
  logOptions: text,
  logFile: text,
  properties: { kind: "parameters" } as const,
  ignoreAuthenticodeSignatureErrors: flag,
  allowUnsignedInstaller: flag,
};

const list = (platforms: readonly Platform[], keys: ActionModule["keys"]): ActionModule => ({
  platforms,
  shape: "list",
  keys,
});

/** https://docs.aws.amazon.com/imagebuilder/latest/userguide/toe-action-modules.html */
export const ACTION_MODULES: Readonly<Record<string, ActionModule>> = {
  Assert: { platforms: ALL, shape: "open", keys: {} },
  ExecuteBash: {
    platforms: POSIX,
    shape: "map",
    command: true,
    keys: { commands: { kind: "texts", required: true } },
  },
  ExecutePowerShell: {
    platforms: ["Windows"],
    shape: "map",
    command: true,
    keys: { commands: { kind: "texts" }, file: text },
    oneOf: ["commands", "file"],
  },
  ExecuteBinary: {
    platforms: ALL,
    shape: "map",
    command: true,
    keys: { path: need, arguments: { kind: "texts" } },
  },
  ExecuteDocument: {
    platforms: ALL,
    shape: "map",
    keys: {
      document: need,
      "document-s3-bucket-owner": text,
      phases: text,
      parameters: { kind: "parameters" },
    },
  },
  S3Download: list(ALL, { ...transfer, expectedBucketOwner: text, overwrite: flag }),
  S3Upload: list(ALL, { ...transfer, recurse: flag, expectedBucketOwner: text }),
  WebDownload: {
    platforms: ALL,
    shape: "list",
    keys: { ...transfer, overwrite: flag, checksum: text, algorithm: text, ignoreCertificateErrors: flag },
    together: ["checksum", "algorithm"],
  },
  AppendFile: list(ALL, { path: need, content: text, encoding: text }),
  CreateFile: list(ALL, { path: need, content: text, encoding: text, overwrite: flag, ...owned }),
  CreateFolder: list(ALL, { path: need, overwrite: flag, ...owned }),
  CreateSymlink: list(POSIX, { path: need, target: need, force: flag }),
  CopyFile: list(ALL, { ...transfer, overwrite: flag }),
  MoveFile: list(ALL, { ...transfer, overwrite: flag }),
  CopyFolder: list(ALL, { ...transfer, overwrite: flag }),
  MoveFolder: list(ALL, { ...transfer, overwrite: flag }),
  // The guide gives DeleteFile no `force`, but documents that AWS publishes pass it.
  DeleteFile: list(ALL, { path: need, force: flag }),
  DeleteFolder: list(ALL, { path: need, force: flag }),
  ListFiles: list(ALL, { path: need, fileNamePattern: text, recursive: flag }),
  ReadFile: list(ALL, { path: need, encoding: text, printFileContent: flag }),
  SetFileEncoding: list(ALL, { path: need, encoding: text }),
  SetFileOwner: list(POSIX, { path: need, owner: need, group: text }),
  SetFolderOwner: list(POSIX, { path: need, owner: need, group: text, recursive: flag }),
  SetFilePermissions: list(POSIX, { path: need, permissions: need }),
  SetFolderPermissions: list(POSIX, { path: need, permissions: need, recursive: flag }),
  InstallMSI: { platforms: ["Windows"], shape: "map", command: true, keys: installer },
  UninstallMSI: { platforms: ["Windows"], shape: "map", command: true, keys: installer },
  Reboot: {
    platforms: ALL,
    shape: "map",
    inputsOptional: true,
    keys: { delaySeconds: { kind: "integer" } },
  },
  SetRegistry: list(["Windows"], {
    path: need,
    name: need,
    value: { kind: "text", required: true },
    type: need,
  }),
  UpdateOS: {
    platforms: ["Linux", "Windows"],
    shape: "map",
    inputsOptional: true,
    keys: { include: { kind: "texts" }, exclude: { kind: "texts" } },
  },
};
