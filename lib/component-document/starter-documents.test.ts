import type { Platform } from "goldsmith-languages/component";
import { expect, it } from "vitest";
import { lintDocument } from "./lint-document";
import { starterDocuments } from "./starter-documents";

it.each(["Linux", "Windows", "macOS"] satisfies Platform[])(
  "begins a component for %s with a document that the linter has nothing to say about",
  (platform) => {
    expect(lintDocument(starterDocuments[platform], { platform })).toEqual([]);
  },
);
