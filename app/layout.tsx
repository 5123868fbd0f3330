import "./globals.css";
import type { Metadata } from "next";
import { cookies, headers } from "next/headers";
import type { ReactNode } from "react";
import { NONCE_HEADER } from "@/lib/http/content-security-policy";
import { inter } from "./fonts";

/** Drawn here so that it costs no request. */
const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect width='16' height='16' rx='4' fill='%23e0ac2b'/%3E%3C/svg%3E";

export const metadata: Metadata = {
  title: { default: "Goldsmith", template: "%s · Goldsmith" },
  icons: { icon: ICON },
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = (await cookies()).get("theme")?.value;
  const nonce = (await headers()).get(NONCE_HEADER) ?? undefined;
  return (
    <html
      lang="en"
      data-theme={theme === "light" || theme === "dark" ? theme : undefined}
      className={inter.variable}
      suppressHydrationWarning
    >
      <head>
        {/* Where react-aria and the editor find the nonce for the styles they add. */}
        <meta property="csp-nonce" nonce={nonce} />
      </head>
      <body>{children}</body>
    </html>
  );
}
