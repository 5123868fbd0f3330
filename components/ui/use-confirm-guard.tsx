"use client";
import { type ReactNode, useId, useState } from "react";
import { useGuardWord } from "./confirm-guard";
import { Input } from "./inputs";

/**
 * A field for the word, and whether it stands there. Without a word to ask for, nothing is asked. `elsewhere` is the
 * word of another account than the page's, where that is what is changed.
 */
export function useConfirmGuard(isAsked: boolean, elsewhere?: string): { isOpen: boolean; field: ReactNode } {
  const here = useGuardWord();
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
