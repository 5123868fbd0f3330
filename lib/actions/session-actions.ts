"use server";
import type { ActionResult } from "@/lib/core/failure";
import { revokeSession, signOut } from "@/lib/http/own-sessions";
import { answerOf } from "./write-action";

/** Ends this browser's session; the value is where to go next. */
export async function signOutAction(): Promise<ActionResult<{ url: string }>> {
  return answerOf(signOut);
}

/** Signs another browser out. */
export async function revokeSessionAction(id: string): Promise<ActionResult<null>> {
  return answerOf(async () => {
    await revokeSession(String(id));
    return null;
  });
}
