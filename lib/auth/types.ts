import type { Actor, RoleRule } from "@/lib/core/actor";

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
  /** Issuer and subject. */
  actorId: string;
  actorName: string;
  actorLabel?: string;
  startedAt: string;
  expiresAt: string;
  address?: string;
  browser?: string;
  isCurrent: boolean;
};
