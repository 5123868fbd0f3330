import "server-only";
import { SimulatePrincipalPolicyCommand } from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { METRICS_NAMESPACE } from "@/lib/as-code/cloudwatch-names";
import { formatArn, parseArn, partitionOf } from "@/lib/core/arn";
import { ConsoleFailure } from "@/lib/core/failure";
import { groupBy } from "@/lib/definitions/group-by";
import { noInput, useCase } from "@/lib/use-case/use-case";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { AWS_CALLS, iamActionOf } from "./aws-actions";
import { exampleResourceOf, NAMESPACE_KEY } from "./policy-of-role";
import type { AwsPermission, AwsPermissionCheck } from "./types";

/** A policy that was just changed should show; who reloads the page should not cost a call each time. */
const FRESH_FOR_MS = 30_000;

/**
 * What the target's role may do of what the console needs. IAM is asked where the role may ask it; its answer knows
 * nothing of session policies and service control policies of other accounts. Else: what AWS refused so far.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html
 */
export const checkAwsPermissions = useCase(
  "check-aws-permissions",
  noInput,
  async ({ ctx }): Promise<AwsPermissionCheck> => {
    const account = await ctx.aws.checkAccount();
    const refused = new Set(ctx.aws.refusedCalls().map(iamActionOf));
    const permissionsBy = (stateOf: (action: string) => AwsPermission["state"]) =>
      callsOf(ctx).map(([call, { role, for: purpose }]): AwsPermission => {
        const action = iamActionOf(call);
        return { action, role, for: purpose, state: stateOf(action) };
      });
    const stateIn = (allowed: Map<string, boolean>) => (action: string) => {
      const verdict = allowed.get(action);
      if (refused.has(action) || verdict === false) return "lacking";
      return verdict ? "allowed" : "unknown";
    };
    try {
      const principal = await readPrincipal(ctx);
      if (isRoot(principal)) {
        return {
          source: "root",
          principal,
          account,
          permissions: permissionsBy((action) => (refused.has(action) ? "lacking" : "allowed")),
        };
      }
      const allowed = await simulate(ctx, principal);
      return { source: "simulated", principal, account, permissions: permissionsBy(stateIn(allowed)) };
    } catch (error) {
      if (!(error instanceof ConsoleFailure)) throw error;
      return {
        source: "observed",
        reason: error.detail.message,
        account,
        permissions: permissionsBy(stateIn(new Map())),
      };
    }
  },
);

/** What the console calls in this target: a queue only where one is set, metrics only where they are on. */
const callsOf = ({ target }: UseCaseContext) =>
  Object.entries(AWS_CALLS).filter(
    ([call]) =>
      (target.buildEventsQueueUrl || !call.startsWith("sqs:")) &&
      (target.cloudWatchPipelines !== undefined || !/^cloudwatch:(Put|Get)MetricData$/.test(call)),
  );

const isRoot = (arn: string) => parseArn(arn)?.service === "iam" && parseArn(arn)?.resource === "root";

/** The role itself: a session of it has another ARN, which IAM does not take. */
async function readPrincipal({ aws, target }: UseCaseContext): Promise<string> {
  if (target.roleArn) return target.roleArn;
  const { Arn = "" } = await aws.sts.read(new GetCallerIdentityCommand({}), { freshForMs: FRESH_FOR_MS });
  const caller = parseArn(Arn);
  const [, role] = /^assumed-role\/([^/]+)\//.exec(caller?.resource ?? "") ?? [];
  return caller && role ? formatArn({ ...caller, service: "iam", resource: `role/${role}` }) : Arn;
}

/**
 * IAM simulates a launch only with an image, an instance and a security group of a scenario: it is not asked for it.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html
 */
const IN_SCENARIOS = new Set(["ec2:RunInstances"]);

/** IAM is asked once for all actions that are needed on the same resource. */
async function simulate(ctx: UseCaseContext, principal: string): Promise<Map<string, boolean>> {
  const { accountId, region, buildEventsQueueUrl = "" } = ctx.target;
  const partition = parseArn(principal)?.partition ?? partitionOf(region);
  const queues = buildEventsQueueUrl.split("/").slice(-1);
  const actions = [...new Set(callsOf(ctx).map(([call]) => iamActionOf(call)))].filter(
    (action) => !IN_SCENARIOS.has(action),
  );
  const byResource = groupBy(actions, (action) =>
    exampleResourceOf(action, { accountId, region, partition, queues }),
  );
  const answers = await Promise.all(
    [...byResource].map(([resource, wanted]) => evaluate(ctx, principal, resource, wanted)),
  );
  return new Map(answers.flat());
}

async function evaluate(
  { aws }: UseCaseContext,
  principal: string,
  resource: string,
  actions: string[],
): Promise<[string, boolean][]> {
  const command = new SimulatePrincipalPolicyCommand({
    PolicySourceArn: principal,
    ActionNames: actions,
    ResourceArns: [resource],
    // Without it a statement that names the namespace allows nothing.
    ContextEntries: [
      { ContextKeyName: NAMESPACE_KEY, ContextKeyType: "string", ContextKeyValues: [METRICS_NAMESPACE] },
    ],
    MaxItems: 1_000,
  });
  const { EvaluationResults = [] } = await aws.iam.read(command, { freshForMs: FRESH_FOR_MS });
  return EvaluationResults.map(({ EvalActionName = "", EvalDecision }) => [
    EvalActionName,
    EvalDecision === "allowed",
  ]);
}
