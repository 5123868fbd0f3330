import type { Role } from "@/lib/core/actor";

/** `feed`: it reads feeds only, also from an address that it stands in. */
export type TokenKind = "person" | "service" | "feed";

/** A token without its secret, as its maker and administrators see it. */
export type TokenSummary = {
  id: string;
  /** Its first characters. */
  shown: string;
  kind: TokenKind;
  name: string;
  role: Role;
  /** IDs, or `*` alone for all. */
  targets: string[];
  /** Empty for all names. */
  namePrefixes: string[];
  makerName: string;
  isOwn: boolean;
  mayRevoke: boolean;
  /** ISO 8601, as all times here. */
  createdAt: string;
  expiresAt: string;
  lastUsedAt?: string;
  lastUsedFrom?: string;
  /**
   * `resting`: who created it has not signed in for `pausesAfterDays`. `powerless`: its maker may do nothing of it any more.
   */
  state: "active" | "resting" | "powerless" | "expired" | "revoked";
  /** Days after which it pauses when its creator does not sign in. */
  pausesAfterDays: number;
  /** The maker has lost some of what it was made for. */
  isBounded: boolean;
};

export type TokenList = {
  /** Newest first. */
  tokens: TokenSummary[];
  /** What the caller may give to a token, at most. */
  choices: {
    targets: { id: string; label: string }[];
    /** Whether one token may be for all targets, those to come too. */
    mayTakeAll: boolean;
    /** Days without its creator after which a token pauses, by its kind. */
    tokenDays: Record<TokenKind, number>;
  };
};
