import { awsPages } from "../aws-pages";

/** The prefixes of references to what is known only where a document runs. */
export const referencePrefixes = {
  ssm: "aws:ssm:",
  imds: "aws:imds:",
  env: "env:",
  context: "context:",
} as const;

/** The x of `aws:ssm:resolve(x)`, which names a parameter of the document or is an `aws:ssm:` reference itself; undefined for another form. */
export const resolvedIn = (reference: string): string | undefined =>
  /^aws:ssm:resolve\((.*)\)$/.exec(reference)?.[1]?.trim();

/** A name in Parameter Store: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html */
export const parameterStoreName = /^[A-Za-z0-9_.\-/:]+$/;

/** Where Parameter Store passes a secret of Secrets Manager on. */
export const secretsManagerPath = "/aws/reference/secretsmanager/";

/** Metadata that AWSTOE refuses at validation: credentials of the instance. */
export const refusedMetadata = ["iam", "identity-credentials"] as const;

export interface KnownName {
  name: string;
  description: string;
  link: string;
}

const names = (list: Record<string, string>): readonly KnownName[] =>
  Object.entries(list).map(([name, description]) => ({ name, description, link: awsPages.variables }));

/** What `context:` knows of a run. */
export const contextKeys = names({
  executionId: "The id of this run of AWSTOE.",
  accountId: "The account that the instance is in.",
  region: "The Region that the instance is in.",
  osPlatform: "The platform of the operating system.",
  osName: "The name of the operating system.",
  osVersion: "The version of the operating system; empty on Windows and macOS.",
  date: "The date in UTC, as 2026-09-08.",
  dateTime: "The time as RFC 3339 has it.",
  uuid: "A new UUID.",
  hostname: "The name of the instance.",
  phase: "The phase that runs.",
  step: "The step that runs.",
});

/** Environment variables that Image Builder sets for components. */
export const imageVariables = names({
  IMAGE_WORKFLOW_EXECUTION_ID: "The workflow execution.",
  IMAGE_STEP_EXECUTION_ID: "The step execution of the workflow.",
  IMAGE_BUILD_VERSION_ARN: "The ARN of the build version.",
  IMAGE_PIPELINE_ARN: "The ARN of the pipeline; empty without one.",
  IMAGE_PHASE: "BUILDING or TESTING.",
  IMAGE_VERSION: "The version of the image, as 2.1.1.",
  IMAGE_BUILD_VERSION: "The number of the build, as 1.",
});

/** What IMAGE_PHASE can be: never the name of a document's phase. */
export const imagePhases = ["BUILDING", "TESTING"] as const;

/** Empty files that keep a part of the clean-up from running; a name with an extension has no effect. */
export const skipFiles = {
  names: [
    "skip_cleanup_cloudinit_files",
    "skip_cleanup_instance_files",
    "skip_cleanup_ssh_files",
    "skip_cleanup_instance_log_files",
    "skip_cleanup_toe_files",
    "skip_cleanup_ssm_log_files",
    "skip_cleanup_ec2_macos_init_files",
  ],
  link: awsPages.bestPractices,
} as const;
