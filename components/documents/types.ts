import type { ResourceKind } from "@/lib/image-builder/definitions/types";

/** The kinds whose content is a document that AWS reads. */
export type DocumentKind = Extract<ResourceKind, "component" | "workflow">;
