import {
  DeleteConflictException,
  EntityAlreadyExistsException,
  MalformedPolicyDocumentException,
  NoSuchEntityException,
} from "@aws-sdk/client-iam";
import { stableHex } from "../../engine/ids";
import { tagList, tagsFromList, withoutTags, withTags } from "../../engine/tags";
import { type Iam, iamPage } from "./operations";
import type { IamStore, RoleRow } from "./store";

export const roles = {
  CreateRole({ store, now }, input) {
    const { RoleName: name = "", Path: path = "/", AssumeRolePolicyDocument: trustPolicy = "" } = input;
    if (store.roles.has(name)) throw alreadyExists(`Role with name ${name} already exists.`);
    if (!isJson(trustPolicy)) {
      throw new MalformedPolicyDocumentException({
        message: "This policy contains invalid Json",
        $metadata: {},
      });
    }
    const row = store.roles.put({
      ...roleIdentity(store, name, path),
      createdAt: now,
      trustPolicy,
      attachedPolicies: [],
      tags: tagsFromList(input.Tags),
      ...(input.Description && { description: input.Description }),
    });
    return { Role: describeRole(row) };
  },

  GetRole: ({ store }, input) => ({ Role: describeRole(requireRole(store, input.RoleName)) }),

  ListRoles({ store }, input) {
    const rows = store.roles.list(({ path }) => path.startsWith(input.PathPrefix ?? "/")).sort(byName);
    const { items, ...page } = iamPage(rows, input);
    return { Roles: items.map((row) => withoutItsTags(describeRole(row))), ...page };
  },

  DeleteRole({ store }, input) {
    const row = requireRole(store, input.RoleName);
    if (store.instanceProfiles.find(({ roleNames }) => roleNames.includes(row.name))) {
      throw conflict("Cannot delete entity, must remove roles from instance profile first.");
    }
    if (row.attachedPolicies.length > 0)
      throw conflict("Cannot delete entity, must detach all policies first.");
    if (Object.keys(row.inlinePolicies ?? {}).length > 0)
      throw conflict("Cannot delete entity, must delete policies first.");
    store.roles.delete(row.name);
    return {};
  },

  ListAttachedRolePolicies({ store }, input) {
    const { items, ...page } = iamPage(requireRole(store, input.RoleName).attachedPolicies, input);
    return { AttachedPolicies: items, ...page };
  },

  AttachRolePolicy({ store }, { RoleName, PolicyArn = "" }) {
    const row = requireRole(store, RoleName);
    const others = row.attachedPolicies.filter((policy) => policy.PolicyArn !== PolicyArn);
    store.roles.put({ ...row, attachedPolicies: [...others, attachedPolicy(PolicyArn)] });
    return {};
  },

  DetachRolePolicy({ store }, { RoleName, PolicyArn = "" }) {
    const row = requireRole(store, RoleName);
    const attachedPolicies = row.attachedPolicies.filter((policy) => policy.PolicyArn !== PolicyArn);
    if (attachedPolicies.length === row.attachedPolicies.length)
      throw noSuchEntity(`Policy ${PolicyArn} was not found.`);
    store.roles.put({ ...row, attachedPolicies });
    return {};
  },

  TagRole({ store }, { RoleName, Tags }) {
    const row = requireRole(store, RoleName);
    store.roles.put({ ...row, tags: withTags(row.tags, tagsFromList(Tags)) });
    return {};
  },

  UntagRole({ store }, { RoleName, TagKeys = [] }) {
    const row = requireRole(store, RoleName);
    store.roles.put({ ...row, tags: withoutTags(row.tags, TagKeys) });
    return {};
  },

  ListRoleTags: ({ store }, { RoleName }) => ({
    Tags: tagList(requireRole(store, RoleName).tags),
    IsTruncated: false,
  }),

  CreateServiceLinkedRole({ store, now }, { AWSServiceName: service = "" }) {
    const name = `AWSServiceRoleFor${service.split(".")[0]}`;
    if (store.roles.has(name)) {
      throw alreadyExists(
        `Service role name ${name} has been taken in this account, please try a different suffix.`,
      );
    }
    const row = store.roles.put(
      serviceRole(store, { name, service, path: `/aws-service-role/${service}/`, now }),
    );
    return { Role: describeRole(row) };
  },
} satisfies Partial<Iam>;

/** A role that a service of AWS, or another account, may assume. */
export function serviceRole(
  store: IamStore,
  {
    name,
    service,
    path = "/",
    account,
    policies = [],
    now,
  }: {
    name: string;
    service?: string;
    /** The account that may assume it instead of a service. */
    account?: string;
    path?: string;
    policies?: string[];
    now: number;
  },
): RoleRow {
  const principal = account ? { AWS: `arn:${store.partition}:iam::${account}:root` } : { Service: service };
  return {
    ...roleIdentity(store, name, path),
    createdAt: now,
    trustPolicy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: principal, Action: "sts:AssumeRole" }],
    }),
    attachedPolicies: policies.map((policy) =>
      attachedPolicy(`arn:${store.partition}:iam::aws:policy/${policy}`),
    ),
    tags: {},
  };
}

export function requireRole(store: IamStore, name = ""): RoleRow {
  const row = store.roles.get(name);
  if (!row) throw noSuchEntity(`The role with name ${name} cannot be found.`);
  return row;
}

/** "IAM resource-listing operations return a subset": https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoles.html */
export function withoutItsTags<Listed extends { Tags: unknown }>({ Tags: _, ...listed }: Listed) {
  return listed;
}

export function describeRole(row: RoleRow) {
  return {
    RoleName: row.name,
    RoleId: row.id,
    Arn: row.arn,
    Path: row.path,
    CreateDate: new Date(row.createdAt),
    Description: row.description,
    AssumeRolePolicyDocument: encodeURIComponent(row.trustPolicy),
    MaxSessionDuration: 3600,
    Tags: tagList(row.tags),
  };
}

export function noSuchEntity(message: string): NoSuchEntityException {
  return new NoSuchEntityException({ message, $metadata: {} });
}

export function alreadyExists(message: string): EntityAlreadyExistsException {
  return new EntityAlreadyExistsException({ message, $metadata: {} });
}

export function conflict(message: string): DeleteConflictException {
  return new DeleteConflictException({ message, $metadata: {} });
}

export const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);

function roleIdentity(store: IamStore, name: string, path: string) {
  const id = `AROA${stableHex(17, store.account, name).toUpperCase()}`;
  return { name, path, id, arn: `arn:${store.partition}:iam::${store.account}:role${path}${name}` };
}

function attachedPolicy(arn: string) {
  return { PolicyName: arn.slice(arn.lastIndexOf("/") + 1), PolicyArn: arn };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
