"use client";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { ModalPanel } from "@/components/ui/modal-panel";

/** A signing secret, shown this once. */
export function SecretDialog({
  secret,
  children,
  onClose,
}: {
  secret: string;
  children?: ReactNode;
  onClose: () => void;
}) {
  return (
    <ModalPanel label="Signing secret" onClose={onClose}>
      <div className="grid gap-3 p-4">
        <h2 className="m-0 font-semibold text-[15px]">Signing secret</h2>
        <p className="m-0 text-ink-2">Copy it to the receiver now. It is not shown again.</p>
        <p className="m-0 flex items-center gap-2 rounded bg-sunken px-2.5 py-1.5 font-mono text-xs [overflow-wrap:anywhere]">
          {secret}
          <CopyButton text={secret} label="Copy the signing secret" />
        </p>
        {children}
        <div className="flex justify-end">
          <Button variant="primary" onClick={onClose}>
            Done
          </Button>
        </div>
      </div>
    </ModalPanel>
  );
}
