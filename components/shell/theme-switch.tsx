"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";

export type Theme = "system" | "light" | "dark";

const NEXT: Record<Theme, Theme> = { system: "light", light: "dark", dark: "system" };
const WORDS: Record<Theme, string> = { system: "system", light: "light", dark: "dark" };
const A_YEAR_S = 31_536_000;

/** Light, dark, or as the system is set; kept in a cookie so that the server draws the right one at once. */
export function ThemeSwitch({ initial }: { initial: Theme }) {
  const [theme, setTheme] = useState(initial);
  const change = () => {
    const next = NEXT[theme];
    if (next === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = next;
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser we serve
    document.cookie = `theme=${next}; path=/; max-age=${A_YEAR_S}; samesite=lax`;
    setTheme(next);
  };
  return (
    <Button variant="quiet" onClick={change} layout="justify-start px-2.5">
      Theme: {WORDS[theme]}
    </Button>
  );
}
