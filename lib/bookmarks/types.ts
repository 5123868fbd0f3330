import type { ResourceKind } from "@/lib/core/resource-names";

export type FavoriteKind = ResourceKind | "image";

/** `name` as it stands in an ARN; `label` as people know it. */
export type Favorite = { kind: FavoriteKind; name: string; label: string };

export type SavedView = {
  id: string;
  name: string;
  /** The part of the list's address after the question mark: search, filters, sort, hidden columns. */
  query: string;
  isShared: boolean;
  /** Who saved it. */
  by: string;
  /** Whether the caller may rename and delete it. */
  isEditable: boolean;
};
