"use client";
import { type ReactNode, useEffect, useId, useRef } from "react";
import type { Refusal } from "@/lib/core/failure";
import { Button } from "./button";
import { RefusalNote } from "./refusal-note";
import { useConfirmGuard } from "./use-confirm-guard";

/** Asks before something that cannot be undone. Escape and `keepLabel` leave things as they are. */
export function ConfirmDialog({
  title,
  children,
  confirmLabel,
  keepLabel,
  danger = false,
  isGuarded = danger,
  isBusy = false,
  error,
  onConfirm,
  onClose,
}: {
  title: string;
  children: ReactNode;
  confirmLabel: string;
  keepLabel: string;
  danger?: boolean;
  /** Asks for the guard's word, where there is one. */
  isGuarded?: boolean;
  isBusy?: boolean;
  error?: Refusal;
  onConfirm: () => void;
  onClose: () => void;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const guard = useConfirmGuard(isGuarded);
  // The browser's own modal: it must be opened by a call, focus and Escape are then its work.
  useEffect(() => {
    const element = dialog.current;
    if (element && !element.open) element.showModal();
  }, []);
  return (
    <dialog
      ref={dialog}
      role="alertdialog"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
      onClose={onClose}
      className="m-auto w-[min(440px,calc(100vw-32px))] rounded-lg border border-line bg-surface p-0 text-ink shadow-xl backdrop:bg-black/40"
    >
      <div className="grid gap-3 p-4">
        <h2 id={`${id}-title`} className="m-0 font-semibold text-[15px]">
          {title}
        </h2>
        <div id={`${id}-text`} className="text-ink-2">
          {children}
        </div>
        {guard.field}
        {error && <RefusalNote refusal={error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{keepLabel}</Button>
          <Button
            variant={danger ? "danger" : "primary"}
            onClick={onConfirm}
            disabled={isBusy || !guard.isOpen}
          >
            {confirmLabel}
          </Button>
        </div>
      </div>
    </dialog>
  );
}
