export type Theme = "system" | "light" | "dark";

const A_YEAR_S = 31_536_000;
const CHANGED = "goldsmith-theme";

/** Draws the page so at once, keeps it in a cookie, and tells who shows it. */
export function setTheme(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser we serve
  document.cookie = `theme=${theme}; path=/; max-age=${A_YEAR_S}; samesite=lax`;
  window.dispatchEvent(new CustomEvent<Theme>(CHANGED, { detail: theme }));
}

/** Calls back whenever the theme is set; returns how to stop. */
export function onThemeSet(tell: (theme: Theme) => void): () => void {
  const listen = (event: Event) => tell((event as CustomEvent<Theme>).detail);
  window.addEventListener(CHANGED, listen);
  return () => window.removeEventListener(CHANGED, listen);
}
