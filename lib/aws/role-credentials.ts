import "server-only";
import { AssumeRoleCommand, type STSClient } from "@aws-sdk/client-sts";
import type { Target } from "./types";

/** One hour: what every role allows, and what is left of it when a role is assumed from another. */
const SESSION_SECONDS = 3600;

/** Credentials of the target's role under `sessionName`, which is what CloudTrail shows. The SDK renews them. */
export const roleCredentials =
  (sts: STSClient, { roleArn, externalId }: Target, sessionName: string) =>
  async () => {
    const { Credentials } = await sts.send(
      new AssumeRoleCommand({
        RoleArn: roleArn,
        RoleSessionName: sessionName,
        ExternalId: externalId,
        DurationSeconds: SESSION_SECONDS,
      }),
    );
    const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = Credentials ?? {};
    if (!AccessKeyId || !SecretAccessKey) throw new Error(`AWS gave no credentials for ${roleArn}`);
    return {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken,
      expiration: Expiration,
    };
  };

/** An actor's id as a role session name: 2 to 64 of `[\w+=,.@-]`. */
export const sessionNameOf = (actorId: string) =>
  `goldsmith-${actorId.replaceAll(/[^\w+=,.@-]/g, "-")}`.slice(0, 64);
