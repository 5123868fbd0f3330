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

/** What an identity provider signed about a person. */
export type Claims = Record<string, unknown>;

/** Who is signed in, and why they may do what they may. */
export type Identity = {
  actor: Actor;
  /** Empty for the local administrator. */
  claims: Claims;
  groups: string[];
  /** The rules of GOLDSMITH_ROLES that gave the actor its grants. */
  rules: RoleRule[];
  /** Who vouches: an issuer's address; absent for the local administrator. */
  issuer?: string;
  /** Present when the console keeps the session itself. */
  session?: { id: string; personId: string; expiresAt: string };
};

/** One browser that is signed in, as its owner may see it. */
export type SessionSummary = {
  id: string;
  personId: string;
  actorId: string;
  actorName: string;
  startedAt: string;
  expiresAt: string;
  address?: string;
  browser?: string;
  isCurrent: boolean;
};
