"use client";
import { type ComponentProps, useId } from "react";
import { Button } from "@/components/ui/button";
import type { Action } from "@/lib/auth/permissions";
import { useRefusal } from "./permissions-provider";

/** A button for a use case: who may not use it finds it greyed, still reachable by keyboard, with the reason. */
export function PermittedButton({
  action,
  resource,
  ...button
}: ComponentProps<typeof Button> & {
  /** The use case that it starts. */
  action: Action;
  /** Name of what it is about; left out where the use case asks for none. */
  resource?: string;
}) {
  const id = useId();
  const refusal = useRefusal(action, resource);
  if (!refusal) return <Button {...button} />;
  return (
    <span className="group relative inline-flex">
      <Button {...button} onClick={undefined} type="button" aria-disabled aria-describedby={id} />
      <span
        id={id}
        role="tooltip"
        className="invisible absolute top-full right-0 z-30 mt-1 w-max max-w-[32ch] whitespace-normal rounded border border-line bg-surface px-2 py-1 text-left text-ink-2 text-xs shadow-soft group-focus-within:visible group-hover:visible"
      >
        {refusal}
      </span>
    </span>
  );
}
