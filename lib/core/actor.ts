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

/** Who acts. `id` alone says who somebody is: rows, limits and AWS's session names are kept by it. */
export type Actor = {
  /** Issuer and subject for people, `token:` and an ID for API tokens, a fixed word for the console itself. */
  id: string;
  /** For showing only, as is `label`: both are whatever the identity provider says. */
  name: string;
  /** The address or user name that people know somebody by. */
  label?: string;
  kind: "local-administrator" | "user" | "token";
  grants: Grant[];
  /** Whose share of AWS's calls, of open logs and of work on whole logs this uses; their own where it is absent. */
  sharesWith?: string;
  /**
   * Until when (ISO 8601) somebody may do what asks for a fresh sign-in; absent where nobody is asked: without sign-in and
   * behind a proxy.
   */
  freshUntil?: string;
};

/** Under whom the cost of an actor is counted: a person's tokens have no shares beside the person's own. */
export const shareOf = ({ id, sharesWith }: Pick<Actor, "id" | "sharesWith">): string => sharesWith ?? id;

/** Name and label, such as `Ana (ana@example.com)`, for where one name alone could be anybody's. */
export const shownActor = ({ name, label }: Pick<Actor, "name" | "label">): string =>
  label === undefined || label === name ? name : `${name} (${label})`;

/** What somebody may not do on a target, by the name of the use case; `except` are name beginnings where they may. */
export type Refusals = Record<string, { reason: string; except: string[] }>;
