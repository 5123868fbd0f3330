"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Star } from "lucide-react";
import { useRefusal } from "@/components/shell/permissions-provider";
import { showToast } from "@/components/ui/toasts";
import { setFavoriteAction } from "@/lib/actions/bookmark-actions";
import type { FavoriteKind } from "@/lib/bookmarks/types";
import { normalizeName } from "@/lib/core/name-rule";
import { favoritesQuery } from "@/lib/queries/bookmarks";

/** Stars a resource for the viewer: favorites come first in the palette and on the overview. */
export function FavoriteStar({ target, kind, name }: { target: string; kind: FavoriteKind; name: string }) {
  const queries = useQueryClient();
  const { queryKey } = favoritesQuery(target);
  const { data } = useQuery(favoritesQuery(target));
  const refused = useRefusal("set-favorite", name);
  const key = normalizeName(name);
  const isFavorite = data?.some((one) => one.kind === kind && one.name === key) ?? false;
  if (refused) return null;
  const toggle = async () => {
    const others = (data ?? []).filter((one) => one.kind !== kind || one.name !== key);
    queries.setQueryData(queryKey, isFavorite ? others : [...others, { kind, name: key, label: name }]);
    const result = await setFavoriteAction({ target, kind, name, isFavorite: !isFavorite });
    if (!result.ok) showToast({ text: `Couldn't change your favorites. ${result.error.message}` });
    await queries.invalidateQueries({ queryKey });
  };
  return (
    <button
      type="button"
      aria-pressed={isFavorite}
      aria-label={`Favorite ${name}`}
      title={isFavorite ? "Remove from favorites" : "Add to favorites"}
      disabled={!data}
      onClick={toggle}
      className="inline-grid size-6 shrink-0 cursor-pointer place-items-center rounded border-0 bg-transparent p-0 text-ink-3 hover:text-ink aria-pressed:text-accent"
    >
      <Star size={14} fill={isFavorite ? "currentColor" : "none"} aria-hidden="true" />
    </button>
  );
}
