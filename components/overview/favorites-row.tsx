"use client";
import { useQuery } from "@tanstack/react-query";
import { Star } from "lucide-react";
import Link from "next/link";
import { favoriteHref, favoriteKind } from "@/components/shell/favorite-href";
import { favoritesQuery } from "@/lib/queries/bookmarks";

/** The favorites of the viewer, first on the overview. Renders nothing without any. */
export function FavoritesRow({ target }: { target: string }) {
  const { data = [] } = useQuery(favoritesQuery(target));
  if (data.length === 0) return null;
  return (
    <nav aria-label="Favorites" className="mb-4 flex flex-wrap items-center gap-1.5">
      <Star size={14} fill="currentColor" className="text-accent" aria-hidden="true" />
      {data.map((favorite) => (
        <Link
          key={`${favorite.kind} ${favorite.name}`}
          href={favoriteHref(target, favorite)}
          prefetch={false}
          className="rounded-md border border-line bg-surface px-2.5 py-1 text-ink no-underline [overflow-wrap:anywhere] hover:bg-mute-soft"
        >
          {favorite.label} <span className="text-ink-3 text-xs">{favoriteKind(favorite)}</span>
        </Link>
      ))}
    </nav>
  );
}
