"use client";
import { useRef } from "react";
import type { JsonObject } from "@/lib/definitions/types";

/**
 * One token for one content: what is sent again after a lost answer makes no second resource, and another content
 * is no mismatch to AWS.
 */
export function useClientToken(): (input: JsonObject) => string {
  const tokens = useRef(new Map<string, string>());
  return (input) => {
    const content = JSON.stringify(input);
    const token = tokens.current.get(content) ?? drawToken();
    tokens.current.set(content, token);
    return token;
  };
}

// randomUUID is there in secure contexts only.
const drawToken = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join(
    "",
  );
