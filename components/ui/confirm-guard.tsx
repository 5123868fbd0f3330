"use client";
import { createContext, type ReactNode, use, useId, useState } from "react";
import { Input } from "./inputs";

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

/**
 * A field for the word, and whether it stands there. Without a word to ask for, nothing is asked. `elsewhere` is the
 * word of another account than the page's, where that is what is changed.
 */
export function useConfirmGuard(isAsked: boolean, elsewhere?: string): { isOpen: boolean; field: ReactNode } {
  const here = use(Guard);
  const word = elsewhere ?? here;
  const id = useId();
  const [text, setText] = useState("");
  if (!isAsked || word === undefined) return { isOpen: true, field: null };
  return {
    isOpen: text.trim() === word,
    field: (
      <div className="grid gap-1">
        <label htmlFor={id}>
          {elsewhere === undefined ? "This" : elsewhere} is production. Type{" "}
          <b className="font-semibold">{word}</b> to confirm.
        </label>
        <Input id={id} value={text} autoComplete="off" onChange={(event) => setText(event.target.value)} />
      </div>
    ),
  };
}
