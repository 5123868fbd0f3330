"use client";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { ReadError } from "@/lib/queries/fetch-json";

/** Reasons that asking again does not change. */
const FINAL = new Set([
  "signed-out",
  "forbidden",
  "sign-in-again",
  "access-denied",
  "wrong-account",
  "not-found",
  "invalid",
]);

/** Polls stop while the tab is hidden; what has a final reason is not asked again. */
export function QueryProvider({ children }: { children: ReactNode }) {
  const [client] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          queries: {
            staleTime: 1500,
            retry: (count, error) =>
              !(error instanceof ReadError && FINAL.has(error.detail.code)) && count < 3,
          },
        },
      }),
  );
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}
