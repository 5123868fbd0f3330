"use server";
import { deleteView } from "@/lib/bookmarks/delete-view";
import { saveView } from "@/lib/bookmarks/save-view";
import { setFavorite } from "@/lib/bookmarks/set-favorite";
import type { FavoriteKind } from "@/lib/bookmarks/types";
import type { ActionResult } from "@/lib/core/failure";
import { writeAction } from "./write-action";

/** Adds something to the caller's favorites, or removes it. */
export async function setFavoriteAction(request: {
  target: string;
  kind: FavoriteKind;
  name: string;
  isFavorite: boolean;
}): Promise<ActionResult<null>> {
  return writeAction(request, (ctx, input) => setFavorite({ ctx, input }));
}

/** Saves the filters, sort and columns of a list under a name. */
export async function saveViewAction(request: {
  target: string;
  id?: string;
  list: string;
  name: string;
  query: string;
  isShared: boolean;
}): Promise<ActionResult<{ id: string }>> {
  return writeAction(request, (ctx, input) => saveView({ ctx, input }));
}

/** Deletes a saved view. */
export async function deleteViewAction(request: { target: string; id: string }): Promise<ActionResult<null>> {
  return writeAction(request, (ctx, input) => deleteView({ ctx, input }));
}
