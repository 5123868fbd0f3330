import { useRef, useState } from "react";

/**
 * Text that is kept elsewhere, such as in the address, and comes back later than the next key: what is typed stands at
 * once, and what is kept is taken over only when it was not typed here.
 */
export function useTypedText(kept: string, keep: (text: string) => void): [string, (text: string) => void] {
  const [typed, setTyped] = useState(kept);
  const [seen, setSeen] = useState(kept);
  const under = useRef(new Set<string>());
  if (kept !== seen) {
    setSeen(kept);
    if (kept === typed) under.current.clear();
    else if (!under.current.has(kept)) setTyped(kept);
  }
  return [
    typed,
    (text) => {
      under.current.add(text);
      setTyped(text);
      keep(text);
    },
  ];
}
