"use client";
import { createContext, type ReactNode, use } from "react";

const Guard = createContext<string | undefined>(undefined);

/**
 * Dialogs below ask for this word before what cannot be undone. Undefined: they do not. It guards against slips and nothing
 * else: the server never asks for it.
 */
export function ConfirmGuardProvider({ word, children }: { word: string | undefined; children: ReactNode }) {
  return <Guard value={word}>{children}</Guard>;
}

/** The word that is asked for here; undefined where none is. */
export const useGuardWord = (): string | undefined => use(Guard);
