"use client";
import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { signOutAction } from "@/lib/actions/session-actions";

/** Ends the session here, and at the provider where the console is told to. */
export function SignOutButton() {
  const [isBusy, start] = useTransition();
  const [refusal, setRefusal] = useState<string>();
  const leave = () =>
    start(async () => {
      const result = await signOutAction();
      // A whole new page: nothing that was shown may stay in memory.
      if (result.ok) window.location.assign(result.value.url);
      else setRefusal(result.error.message);
    });
  return (
    <>
      {refusal && (
        <span role="alert" className="text-fail text-xs">
          {refusal}
        </span>
      )}
      <Button onClick={leave} disabled={isBusy}>
        Sign out
      </Button>
    </>
  );
}
