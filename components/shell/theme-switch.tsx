"use client";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { onThemeSet, setTheme, type Theme } from "./theme";

const NEXT: Record<Theme, Theme> = { system: "light", light: "dark", dark: "system" };

/** Light, dark, or as the system is set; kept in a cookie so that the server draws the right one at once. */
export function ThemeSwitch({ initial }: { initial: Theme }) {
  const [theme, show] = useState(initial);
  useEffect(() => onThemeSet(show), []);
  return (
    <Button variant="quiet" onClick={() => setTheme(NEXT[theme])} layout="justify-start px-2.5">
      Theme: {theme}
    </Button>
  );
}
