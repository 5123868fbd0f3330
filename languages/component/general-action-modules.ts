import type { ActionModule } from "./types";

const everywhere = ["Linux", "Windows", "macOS"] as const;
const stdout = ["stdout"] as const;

/** Modules that run something or move files over the network. */
export const generalModules: readonly Omit<ActionModule, "link">[] = [
  {
    name: "Assert",
    description: "Compares values. The step succeeds when the comparison is true, and fails otherwise.",
    platforms: everywhere,
    shape: "condition",
    inputs: [],
    outputs: [],
  },
  {
    name: "ExecuteBash",
    description:
      "Writes the commands to one file and runs it with bash. The exit code of the file is the result of the step; 194 asks for a restart and runs the step again.",
    platforms: ["Linux", "macOS"],
    shape: "map",
    inputs: [
      {
        name: "commands",
        type: "string list",
        required: true,
        description: "The lines to run, in order. Each may span several lines.",
      },
    ],
    outputs: stdout,
  },
  {
    name: "ExecuteBinary",
    description: "Runs a binary file with a list of arguments.",
    platforms: everywhere,
    shape: "map",
    inputs: [
      { name: "path", type: "string", required: true, description: "The path of the binary." },
      { name: "arguments", type: "string list", description: "The arguments, one an item." },
    ],
    outputs: stdout,
  },
  {
    name: "ExecuteDocument",
    description:
      "Runs another component document, at most three levels deep. AWSTOE sets its timeout to -1 and allows one attempt.",
    platforms: everywhere,
    shape: "map",
    inputs: [
      {
        name: "document",
        type: "string",
        required: true,
        description: "A local path, an s3:// URI, or the ARN of a component build version.",
      },
      {
        name: "document-s3-bucket-owner",
        type: "string",
        description: "The account that must own the bucket of the document.",
      },
      {
        name: "phases",
        type: "string",
        default: "all phases",
        description: "The phases to run, separated by commas.",
      },
      {
        name: "parameters",
        type: "parameter list",
        description: "Values for the document's parameters: a list of name and value.",
      },
    ],
    outputs: [
      "executedStepCount",
      "executionId",
      "failedStepCount",
      "failureMessage",
      "ignoredFailedStepCount",
      "logUrl",
      "status",
    ],
    fixedStepKeys: { timeoutSeconds: -1, maxAttempts: 1 },
  },
  {
    name: "ExecutePowerShell",
    description:
      "Runs PowerShell commands or a .ps1 file. Exit code 3010 asks for a restart and runs the step again.",
    platforms: ["Windows"],
    shape: "map",
    inputs: [
      {
        name: "commands",
        type: "string list",
        description: "The lines to run, in order. Each may span several lines.",
      },
      { name: "file", type: "string", description: "The path of a .ps1 file, in place of commands." },
    ],
    oneOf: ["commands", "file"],
    outputs: stdout,
  },
  {
    name: "S3Download",
    description:
      "Copies one object, or up to 1000 objects below a prefix, to a local path. The folders must exist.",
    platforms: everywhere,
    shape: "list",
    inputs: [
      {
        name: "source",
        type: "string",
        required: true,
        description: "The s3:// URI of an object, or a prefix that ends in /*.",
      },
      { name: "destination", type: "string", required: true, description: "The local path." },
      {
        name: "expectedBucketOwner",
        type: "string",
        description: "The account that must own the bucket of the source.",
      },
      {
        name: "overwrite",
        type: "boolean",
        default: "true",
        description: "false: fail when the file is already there.",
      },
    ],
    outputs: [],
  },
  {
    name: "S3Upload",
    description: "Copies local files or folders to a bucket.",
    platforms: everywhere,
    shape: "list",
    inputs: [
      { name: "source", type: "string", required: true, description: "The local path; * is allowed." },
      { name: "destination", type: "string", required: true, description: "The s3:// URI to copy to." },
      {
        name: "recurse",
        type: "boolean",
        default: "false",
        description: "Copy folders with what they hold.",
      },
      {
        name: "expectedBucketOwner",
        type: "string",
        description: "The account that must own the bucket of the destination.",
      },
    ],
    outputs: [],
  },
  {
    name: "WebDownload",
    description:
      "Downloads files over HTTP or HTTPS, five tries each. Only status 200 counts. Checks the file when checksum and algorithm are given.",
    platforms: everywhere,
    shape: "list",
    inputs: [
      { name: "source", type: "string", required: true, description: "The http:// or https:// URL." },
      {
        name: "destination",
        type: "string",
        required: true,
        description: "The local path. A folder must end in a slash.",
      },
      {
        name: "overwrite",
        type: "boolean",
        default: "true",
        description: "false: fail when the file is already there.",
      },
      { name: "checksum", type: "string", description: "The hash the file must have. Needs algorithm." },
      {
        name: "algorithm",
        type: "string",
        values: ["MD5", "SHA1", "SHA256", "SHA512"],
        anyCase: true,
        description: "How checksum was computed.",
      },
      {
        name: "ignoreCertificateErrors",
        type: "boolean",
        default: "false",
        description: "true: accept any certificate, also one of an attacker.",
      },
    ],
    together: ["checksum", "algorithm"],
    outputs: ["destination"],
  },
];
