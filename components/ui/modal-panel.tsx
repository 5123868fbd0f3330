"use client";
import { type ReactNode, useEffect, useRef } from "react";

/** A panel over the page, by the browser's own modal dialog: focus, Escape and the backdrop are its work. */
export function ModalPanel({
  label,
  isWide = false,
  onClose,
  children,
}: {
  label: string;
  isWide?: boolean;
  onClose: () => void;
  children: ReactNode;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    if (element && !element.open) element.showModal();
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-label={label}
      onClose={onClose}
      className={`mx-auto mt-[8vh] mb-auto ${isWide ? "w-[min(700px,calc(100vw-24px))]" : "w-[min(560px,calc(100vw-32px))]"} rounded-lg border border-line bg-surface p-0 text-ink shadow-xl backdrop:bg-black/40`}
    >
      {children}
    </dialog>
  );
}
