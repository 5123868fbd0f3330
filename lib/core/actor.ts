/** Each role may do all that the roles before it may. */
export const ROLES = ["viewer", "operator", "author", "admin"] as const;
export type Role = (typeof ROLES)[number];

export type Grant = {
  role: Role;
  /** A target's id, or `*` for all. */
  target: string;
  /** Only resources whose name starts so; absent means all. */
  namePrefix?: string;
};

/** What members of a group may do. The group `*` is everybody who is signed in. */
export type RoleRule = Grant & { group: string };

/** Who acts. `id` goes into the audit and, shortened, into the AWS session name. */
export type Actor = {
  id: string;
  name: string;
  kind: "local-administrator" | "user";
  grants: Grant[];
};

/** What somebody may not do on a target, by the name of the use case; `except` are name beginnings where they may. */
export type Refusals = Record<string, { reason: string; except: string[] }>;
