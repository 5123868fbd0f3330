"use client";
import type { ReactNode } from "react";
import { Button } from "./button";
import { CopyButton } from "./copy-button";
import { ModalPanel } from "./modal-panel";

/** A secret that is shown this once, with a button that copies it. */
export function ShownOnceDialog({
  title,
  intro,
  secret,
  copyLabel,
  children,
  onClose,
}: {
  title: string;
  intro: string;
  secret: string;
  copyLabel: string;
  children?: ReactNode;
  onClose: () => void;
}) {
  return (
    <ModalPanel label={title} onClose={onClose}>
      <div className="grid gap-3 p-4">
        <h2 className="m-0 font-semibold text-[15px]">{title}</h2>
        <p className="m-0 text-ink-2">{intro}</p>
        <p className="m-0 flex items-center gap-2 rounded bg-sunken px-2.5 py-1.5 font-mono text-xs [overflow-wrap:anywhere]">
          {secret}
          <CopyButton text={secret} label={copyLabel} />
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
