"use client";
import { useRef } from "react";
import type { JsonObject } from "@/lib/image-builder/definitions/types";

/**
 * One token for one content: what is sent again after a lost answer makes no second resource, and another content
 * is no mismatch to AWS. Secure contexts only have randomUUID, so the bytes are drawn one by one.
 */
export function useClientToken(): (input: JsonObject) => string {
  const last = useRef<{ content: string; token: string }>(undefined);
  return (input) => {
    const content = JSON.stringify(input);
    if (last.current?.content !== content) {
      const bytes = crypto.getRandomValues(new Uint8Array(16));
      const token = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
      last.current = { content, token };
    }
    return last.current.token;
  };
}
