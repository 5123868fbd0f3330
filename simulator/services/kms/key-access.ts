import type * as sdk from "@aws-sdk/client-kms";
import {
  type GrantListEntry,
  MalformedPolicyDocumentException,
  NotFoundException,
} from "@aws-sdk/client-kms";
import { stableHex } from "../../engine/ids";
import { AwsError, type Handlers } from "../../wire/contract";
import { kmsPage, requireKey } from "./keys";
import type { KeyRow, KmsStore } from "./store";

type Kms = Handlers<typeof sdk, KmsStore>;
const POLICY_NAME = "default";

/** Who may use a key: its policy and its grants. */
export const keyAccess = {
  /** https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyPolicy.html */
  GetKeyPolicy({ store }, { KeyId = "", PolicyName = POLICY_NAME }) {
    const key = requireOwnKey(store, KeyId);
    if (PolicyName !== POLICY_NAME) throw notFound(`No such policy exists: ${PolicyName}`);
    return { Policy: policyOf(key), PolicyName };
  },

  PutKeyPolicy({ store }, { KeyId = "", Policy = "" }) {
    const key = requireOwnKey(store, KeyId);
    if (key.KeyManager === "AWS")
      throw new AwsError("AccessDeniedException", "The key policy of an AWS managed key cannot be changed.");
    try {
      const { Statement } = JSON.parse(Policy) as { Statement?: unknown };
      if (Statement === undefined) throw new Error("no statement");
    } catch {
      throw new MalformedPolicyDocumentException({
        message: "The new key policy is not valid JSON with a Statement.",
        $metadata: {},
      });
    }
    store.keys.put({ ...key, policy: Policy });
    return {};
  },

  /** https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateGrant.html */
  CreateGrant({ store, now, callerArn, requestId }, input) {
    const key = requireKey(store, input.KeyId ?? "");
    if (key.KeyManager === "AWS")
      throw new AwsError("AccessDeniedException", "Grants for AWS managed keys come from AWS services.");
    const keys = store.holding(key.Arn);
    const known = keys.grants.find(
      (grant) =>
        input.Name !== undefined &&
        grant.Name === input.Name &&
        grant.GranteePrincipal === input.GranteePrincipal,
    );
    const GrantId = known?.GrantId ?? stableHex(64, requestId);
    keys.grants.put({
      GrantId,
      KeyId: key.Arn,
      ...(input.Name && { Name: input.Name }),
      CreationDate: new Date(now),
      GranteePrincipal: input.GranteePrincipal,
      ...(input.RetiringPrincipal && { RetiringPrincipal: input.RetiringPrincipal }),
      IssuingAccount: callerArn.replace(/^(arn:[^:]+:)[^:]+(::\d{12}:).*$/, "$1iam$2root"),
      Operations: input.Operations ?? [],
      ...(input.Constraints && { Constraints: input.Constraints }),
    });
    return { GrantId, GrantToken: stableHex(64, requestId, "token") };
  },

  ListGrants({ store }, input) {
    const key = requireKey(store, input.KeyId ?? "");
    const rows = store
      .holding(key.Arn)
      .grants.list(
        (grant) =>
          grant.KeyId === key.Arn &&
          (!input.GrantId || grant.GrantId === input.GrantId) &&
          (!input.GranteePrincipal || grant.GranteePrincipal === input.GranteePrincipal),
      );
    const { items, ...page } = kmsPage<GrantListEntry>(rows, input);
    return { Grants: items, ...page };
  },

  RevokeGrant({ store }, { KeyId = "", GrantId = "" }) {
    const key = requireOwnKey(store, KeyId);
    const grant = store.grants.get(GrantId);
    if (grant?.KeyId !== key.Arn) throw notFound(`Grant ID ${GrantId} not found`);
    store.grants.delete(GrantId);
    return {};
  },
} satisfies Partial<Kms>;

/** These take no key of another account. */
function requireOwnKey(store: KmsStore, reference: string): KeyRow {
  const key = requireKey(store, reference);
  if (key.AWSAccountId === store.account) return key;
  throw new AwsError(
    "AccessDeniedException",
    `The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.`,
  );
}

const notFound = (message: string) => new NotFoundException({ message, $metadata: {} });

/** https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html */
function policyOf({ policy, KeyManager, Arn, AWSAccountId }: KeyRow): string {
  if (policy) return policy;
  const [, partition = "aws", , region] = Arn.split(":");
  const statement =
    KeyManager === "AWS"
      ? {
          Sid: "Allow access through EBS for all principals in the account that are authorized to use EBS",
          Effect: "Allow",
          Principal: { AWS: "*" },
          Action: [
            "kms:Encrypt",
            "kms:Decrypt",
            "kms:ReEncrypt*",
            "kms:GenerateDataKey*",
            "kms:CreateGrant",
            "kms:DescribeKey",
          ],
          Resource: "*",
          Condition: {
            StringEquals: {
              "kms:CallerAccount": AWSAccountId,
              "kms:ViaService": `ec2.${region}.amazonaws.com`,
            },
          },
        }
      : {
          Sid: "Enable IAM User Permissions",
          Effect: "Allow",
          Principal: { AWS: `arn:${partition}:iam::${AWSAccountId}:root` },
          Action: "kms:*",
          Resource: "*",
        };
  return JSON.stringify({ Version: "2012-10-17", Id: "key-default-1", Statement: [statement] });
}
