"use client";

import { useEffect, useState } from "react";
import { lintDocument } from "@/lib/component-document/lint-document";
import type { Finding, Platform } from "@/lib/component-document/types";

const quietMs = 250;

/** What the linter says, once typing has paused. `text` is the text it speaks about. */
export function useDocumentFindings(text: string, platform: Platform | undefined) {
  const [findings, setFindings] = useState<{ text: string; list: readonly Finding[] }>(() => ({
    text,
    list: lintDocument(text, { platform }),
  }));
  useEffect(() => {
    const timer = setTimeout(() => setFindings({ text, list: lintDocument(text, { platform }) }), quietMs);
    return () => clearTimeout(timer);
  }, [text, platform]);
  return findings;
}
