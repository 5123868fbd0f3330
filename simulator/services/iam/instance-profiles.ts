import { LimitExceededException } from "@aws-sdk/client-iam";
import { stableHex } from "../../engine/ids";
import { tagList, tagsFromList } from "../../engine/tags";
import { type Iam, iamPage } from "./operations";
import {
  alreadyExists,
  byName,
  conflict,
  describeRole,
  noSuchEntity,
  requireRole,
  withoutItsTags,
} from "./roles";
import type { IamStore, InstanceProfileRow } from "./store";

export const instanceProfiles = {
  CreateInstanceProfile({ store, now }, { InstanceProfileName: name = "", Path: path = "/", Tags }) {
    if (store.instanceProfiles.has(name)) throw alreadyExists(`Instance Profile ${name} already exists.`);
    const row = store.instanceProfiles.put(instanceProfile(store, { name, path, roleNames: [], now }));
    return {
      InstanceProfile: describeProfile(
        store,
        store.instanceProfiles.put({ ...row, tags: tagsFromList(Tags) }),
      ),
    };
  },

  GetInstanceProfile: ({ store }, input) => ({
    InstanceProfile: describeProfile(store, requireProfile(store, input.InstanceProfileName)),
  }),

  ListInstanceProfiles({ store }, input) {
    const rows = store.instanceProfiles
      .list(({ path }) => path.startsWith(input.PathPrefix ?? "/"))
      .sort(byName);
    const { items, ...page } = iamPage(rows, input);
    return { InstanceProfiles: items.map((row) => withoutItsTags(describeProfile(store, row))), ...page };
  },

  ListInstanceProfilesForRole({ store }, input) {
    const { name } = requireRole(store, input.RoleName);
    const rows = store.instanceProfiles.list(({ roleNames }) => roleNames.includes(name));
    const { items, ...page } = iamPage(rows, input);
    return { InstanceProfiles: items.map((row) => withoutItsTags(describeProfile(store, row))), ...page };
  },

  AddRoleToInstanceProfile({ store }, { InstanceProfileName, RoleName }) {
    const row = requireProfile(store, InstanceProfileName);
    const { name } = requireRole(store, RoleName);
    if (row.roleNames.length > 0) {
      const message = "Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1";
      throw new LimitExceededException({ message, $metadata: {} });
    }
    store.instanceProfiles.put({ ...row, roleNames: [name] });
    return {};
  },

  RemoveRoleFromInstanceProfile({ store }, { InstanceProfileName, RoleName = "" }) {
    const row = requireProfile(store, InstanceProfileName);
    if (!row.roleNames.includes(RoleName))
      throw noSuchEntity(`The role with name ${RoleName} cannot be found.`);
    store.instanceProfiles.put({ ...row, roleNames: [] });
    return {};
  },

  DeleteInstanceProfile({ store }, input) {
    const row = requireProfile(store, input.InstanceProfileName);
    if (row.roleNames.length > 0)
      throw conflict("Cannot delete entity, must remove roles from instance profile first.");
    store.instanceProfiles.delete(row.name);
    return {};
  },
} satisfies Partial<Iam>;

export function instanceProfile(
  store: IamStore,
  { name, path, roleNames, now }: { name: string; path: string; roleNames: string[]; now: number },
): InstanceProfileRow {
  return {
    name,
    path,
    id: `AIPA${stableHex(17, store.account, name).toUpperCase()}`,
    arn: `arn:${store.partition}:iam::${store.account}:instance-profile${path}${name}`,
    createdAt: now,
    roleNames,
    tags: {},
  };
}

function requireProfile(store: IamStore, name = ""): InstanceProfileRow {
  const row = store.instanceProfiles.get(name);
  if (!row) throw noSuchEntity(`Instance Profile ${name} cannot be found.`);
  return row;
}

function describeProfile(store: IamStore, row: InstanceProfileRow) {
  return {
    InstanceProfileName: row.name,
    InstanceProfileId: row.id,
    Arn: row.arn,
    Path: row.path,
    CreateDate: new Date(row.createdAt),
    Roles: row.roleNames.flatMap((name) => {
      const role = store.roles.get(name);
      return role ? [withoutItsTags(describeRole(role))] : [];
    }),
    Tags: tagList(row.tags),
  };
}
