import type { Route } from "next";
import type { Favorite } from "@/lib/bookmarks/types";
import { urls } from "@/lib/core/urls";
import { KIND_FACTS } from "@/lib/definitions/resource-kinds";

/** Where a favorite leads. */
export const favoriteHref = (target: string, { kind, name }: Favorite): Route =>
  kind === "image" ? urls.image(target, name) : urls.resource(target, { kind, name });

/** What kind of thing it is, in AWS's words. */
export const favoriteKind = ({ kind }: Favorite): string =>
  kind === "image" ? "image" : KIND_FACTS[kind].one;
