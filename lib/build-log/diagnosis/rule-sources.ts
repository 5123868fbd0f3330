import type { DiagnosisRule } from "./types";

const GUIDE = "https://docs.aws.amazon.com/imagebuilder/latest/userguide";

/** Where rules come from. */
export const SOURCES = {
  troubleshooting: `${GUIDE}/troubleshooting.html`,
  failureContext: `${GUIDE}/image-failure-context.html`,
  actionModules: `${GUIDE}/toe-action-modules.html`,
  workflowActions: `${GUIDE}/wfdoc-step-actions.html`,
  endpoints: `${GUIDE}/vpc-interface-endpoints.html`,
  crossAccount: `${GUIDE}/cross-account-dist.html`,
  security: `${GUIDE}/security-best-practices.html`,
  setUp: `${GUIDE}/set-up-ib-env.html`,
  api: "https://docs.aws.amazon.com/imagebuilder/latest/APIReference/Welcome.html",
  ec2Errors: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html",
  inferred: "Inferred from the message",
} as const;

/** Where Image Builder itself speaks, and no command of a component does. */
export const SAID_BY_AWS: NonNullable<DiagnosisRule["places"]> = ["context", "step", "reason"];
