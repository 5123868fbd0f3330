import * as sdk from "@aws-sdk/client-sts";
import { assumedRole, credentialsFor } from "../../engine/credentials";
import { defineService } from "../../engine/service";
import { AwsError, type Handlers } from "../../wire/contract";

type Sts = Handlers<typeof sdk, object>;

/** Of a session: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
const SHORTEST_S = 900;
const LONGEST_S = 43_200;
const ROLE_ARN = /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/;

const identity = {
  GetCallerIdentity: ({ account, callerArn, callerId }) => ({
    Account: account,
    Arn: callerArn,
    UserId: callerId,
  }),

  AssumeRole({ now, callerArn }, input) {
    const { RoleArn: roleArn = "", RoleSessionName: sessionName = "", DurationSeconds = 3600 } = input;
    if (!ROLE_ARN.test(roleArn)) throw new AwsError("ValidationError", `${roleArn} is invalid`);
    if (!(DurationSeconds >= SHORTEST_S && DurationSeconds <= LONGEST_S)) {
      const rule = `Member must have value between ${SHORTEST_S} and ${LONGEST_S}`;
      const text = `Value '${DurationSeconds}' at 'durationSeconds' failed to satisfy constraint: ${rule}`;
      throw new AwsError("ValidationError", `1 validation error detected: ${text}`);
    }
    const missing = missingTrust(roleArn, input);
    if (missing) {
      throw new AwsError(
        "AccessDenied",
        `User: ${callerArn} is not authorized to perform: ${missing} on resource: ${roleArn}`,
        403,
      );
    }
    const { sessionArn } = assumedRole({ roleArn, sessionName });
    // Differs from AWS: any role may be assumed by anybody, whether IAM knows it or not.
    const expiresAt = now + DurationSeconds * 1000;
    const credentials = credentialsFor({ roleArn, sessionName, expiresAt });
    return {
      Credentials: { ...credentials, Expiration: new Date(expiresAt) },
      SourceIdentity: input.SourceIdentity,
      AssumedRoleUser: {
        Arn: sessionArn,
        AssumedRoleId: `AROA${credentials.AccessKeyId.slice(4)}:${sessionName}`,
      },
    };
  },
} satisfies Partial<Sts>;

/** What a trust policy would not allow, by the end of the role's name. */
function missingTrust(roleArn: string, { ExternalId, SourceIdentity }: sdk.AssumeRoleCommandInput) {
  const [, wanted] = /-trusts-([\w=,.@-]+)$/.exec(roleArn) ?? [];
  if (wanted !== undefined && (wanted !== ExternalId || !SourceIdentity)) return "sts:AssumeRole";
  if (roleArn.endsWith("-without-source-identity") && SourceIdentity) return "sts:SetSourceIdentity";
  return undefined;
}

export const sts = defineService({
  signingName: "sts",
  protocol: { kind: "awsQuery", xmlns: "https://sts.amazonaws.com/doc/2011-06-15/" },
  global: true,
  sdk,
  openStore: () => ({}),
  handlers: identity,
  othersUnsupportedBecause: "a console asks who it is and assumes roles, and no more",
});
