import "server-only";
import { createHash } from "node:crypto";
import { AssumeRoleCommand, type STSClient } from "@aws-sdk/client-sts";
import type { Actor } from "@/lib/core/actor";
import { cutText } from "@/lib/core/canonical-text";
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

/** 80 bits: nobody finds a subject whose checksum is another's. */
const CHECKSUM_LENGTH = 20;

/**
 * An actor as a role session name: 2 to 64 of `[\w+=,.@-]`. It begins with the label, which is for whoever reads
 * CloudTrail, and ends with a checksum of the id, which alone tells people apart. The console's own ids fit as they are.
 */
export function sessionNameOf({ id, label }: Pick<Actor, "id" | "label">): string {
  const name = `goldsmith-${(label ?? id).replaceAll(/[^\w+=,.@-]/g, "-")}`;
  if (label === undefined && name === `goldsmith-${id}` && name.length <= MAX_NAME_LENGTH) return name;
  const checksum = createHash("sha256").update(id).digest("hex").slice(0, CHECKSUM_LENGTH);
  return `${cutText(name, MAX_NAME_LENGTH - CHECKSUM_LENGTH - 1)}-${checksum}`;
}
