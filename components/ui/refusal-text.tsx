"use client";
import { SIGN_IN_AGAIN } from "@/lib/core/failure";
import { apiUrls } from "@/lib/core/urls";

/** Why something was refused and, where that helps, the way to a fresh sign-in, which comes back to this page. */
export function RefusalText({ text }: { text: string }) {
  if (!text.includes(SIGN_IN_AGAIN)) return text;
  const back = `${window.location.pathname}${window.location.search}`;
  return (
    <>
      {text} <a href={apiUrls.signInAgain(back)}>Sign in again</a>
    </>
  );
}
