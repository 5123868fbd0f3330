import { randomBytes } from "node:crypto";
import { partitionOf } from "./partitions";

/** Who a signed request comes from. */
export interface Caller {
  account: string;
  arn: string;
  userId: string;
}

export interface RoleSession {
  roleArn: string;
  sessionName: string;
  /** Epoch milliseconds. */
  expiresAt: number;
}

export interface SessionCredentials {
  AccessKeyId: string;
  SecretAccessKey: string;
  SessionToken: string;
}

export type CallerProblem = "unknown" | "expired";

/** Keys of an assumed role. The token carries the session itself, so they outlive a restart. */
export function credentialsFor(session: RoleSession): SessionCredentials {
  return {
    AccessKeyId: `ASIA${randomBytes(10).toString("hex").toUpperCase().slice(0, 16)}`,
    SecretAccessKey: randomBytes(30).toString("base64"),
    SessionToken: Buffer.from(JSON.stringify(session)).toString("base64"),
  };
}

/** An access key of 12 digits is the account's root; a temporary key leads to the role's account. Secrets are not checked. */
export function callerOf(
  accessKeyId: string,
  token: string | undefined,
  { now, region }: { now: number; region: string },
): Caller | CallerProblem {
  if (/^\d{12}$/.test(accessKeyId)) {
    return {
      account: accessKeyId,
      arn: `arn:${partitionOf(region)}:iam::${accessKeyId}:root`,
      userId: accessKeyId,
    };
  }
  const session = accessKeyId.startsWith("ASIA") && token ? readSession(token) : undefined;
  if (!session) return "unknown";
  if (session.expiresAt <= now) return "expired";
  const { account, sessionArn } = assumedRole(session);
  return { account, arn: sessionArn, userId: `AROA${accessKeyId.slice(4)}:${session.sessionName}` };
}

/** The account of a role and the ARN under which its session acts. */
export function assumedRole({ roleArn, sessionName }: Pick<RoleSession, "roleArn" | "sessionName">) {
  const [, partition = "aws", , , account = "", resource = ""] = roleArn.split(":");
  const roleName = resource.slice(resource.lastIndexOf("/") + 1);
  return {
    account,
    roleName,
    sessionArn: `arn:${partition}:sts::${account}:assumed-role/${roleName}/${sessionName}`,
  };
}

function readSession(token: string): RoleSession | undefined {
  try {
    const { roleArn, sessionName, expiresAt } = JSON.parse(
      Buffer.from(token, "base64").toString(),
    ) as Partial<RoleSession>;
    if (!roleArn?.startsWith("arn:") || !sessionName || !expiresAt) return undefined;
    return { roleArn, sessionName, expiresAt };
  } catch {
    return undefined;
  }
}
