import "server-only";
import { createHash } from "node:crypto";
import { AssumeRoleCommand, type STSClient } from "@aws-sdk/client-sts";
import type { Target } from "@/lib/core/target";

/** One hour: what every role allows, and what is left of it when a role is assumed from another. */
const SESSION_SECONDS = 3600;

/**
 * Credentials of the target's role under `sessionName`, which is what CloudTrail shows; as source identity it also
 * stays with the session through further roles. The SDK renews them.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_monitor.html
 */
export const roleCredentials =
  (sts: STSClient, { roleArn, externalId, sourceIdentity = true }: Target, sessionName: string) =>
  async () => {
    const { Credentials } = await sts.send(
      new AssumeRoleCommand({
        RoleArn: roleArn,
        RoleSessionName: sessionName,
        ExternalId: externalId,
        SourceIdentity: sourceIdentity ? sessionName : undefined,
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

const MAX_NAME_LENGTH = 64;

/**
 * An actor's id as a role session name: 2 to 64 of `[\w+=,.@-]`. What does not fit is shortened and gets a checksum,
 * so that no two people act under one name.
 */
export function sessionNameOf(actorId: string): string {
  const name = `goldsmith-${actorId.replaceAll(/[^\w+=,.@-]/g, "-")}`;
  if (name === `goldsmith-${actorId}` && name.length <= MAX_NAME_LENGTH) return name;
  const checksum = createHash("sha256").update(actorId).digest("hex").slice(0, 8);
  return `${name.slice(0, MAX_NAME_LENGTH - checksum.length - 1)}-${checksum}`;
}
