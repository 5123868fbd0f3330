"use client";
import type { Refusal } from "@/lib/core/failure";
import { apiUrls } from "@/lib/core/urls";

/** Why something was refused and, where that helps, the way to a fresh sign-in, which comes back to this page. */
export function RefusalText({ refusal }: { refusal: Refusal }) {
  const { code, message } = typeof refusal === "string" ? { code: undefined, message: refusal } : refusal;
  if (code !== "sign-in-again") return message;
  const back = `${window.location.pathname}${window.location.search}`;
  return (
    <>
      {message} <a href={apiUrls.signInAgain(back)}>Sign in again</a>
    </>
  );
}
