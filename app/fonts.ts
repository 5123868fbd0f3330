import localFont from "next/font/local";

/** Latin only; other scripts fall back to the system's fonts. */
export const inter = localFont({
  src: "../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
  variable: "--font-inter",
  weight: "100 900",
  // Next would stand Arial in for it, which Linux has by another name: globals.css knows both.
  adjustFontFallback: false,
  fallback: ["Inter Stand-in"],
});
