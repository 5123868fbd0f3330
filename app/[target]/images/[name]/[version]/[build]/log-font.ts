import localFont from "next/font/local";

/** Only where a log is: elsewhere ids are set in the system's own face, which costs no request. */
export const logFont = localFont({
  src: "../../../../../../node_modules/@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2",
  variable: "--font-jetbrains-mono",
  weight: "100 800",
  preload: false,
});
