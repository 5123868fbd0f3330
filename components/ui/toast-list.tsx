"use client";
import Link from "next/link";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { Button } from "./button";
import { closeToast, type ShownToast, showToast, useToasts } from "./toasts";

const STAYS_MS = 8_000;

/** Where toasts appear, once on a page. F8 goes to the latest, Escape closes it. */
export function ToastList() {
  const toasts = useToasts();
  const area = useRef<HTMLDivElement>(null);
  const [isHeld, setHeld] = useState(false);
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      const latest = [...(area.current?.querySelectorAll<HTMLElement>("[data-toast]") ?? [])].at(-1);
      if (event.key !== "F8" || !latest) return;
      event.preventDefault();
      latest.querySelector<HTMLElement>("a, button")?.focus();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: nothing is done here, only waited
    <div
      ref={area}
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className="pointer-events-none fixed inset-x-3 bottom-3 z-40 grid justify-items-end gap-2 print:hidden"
    >
      {toasts.map((toast) => (
        <ToastCard key={toast.id} toast={toast} isHeld={isHeld} />
      ))}
    </div>
  );
}

function ToastCard({ toast, isHeld }: { toast: ShownToast; isHeld: boolean }) {
  const { id, text, link, undo } = toast;
  const [isUndoing, setUndoing] = useState(false);
  useEffect(() => {
    if (isHeld || isUndoing) return;
    const timer = setTimeout(() => closeToast(id), STAYS_MS);
    return () => clearTimeout(timer);
  }, [id, isHeld, isUndoing]);
  const takeBack = async () => {
    setUndoing(true);
    const refusal = await undo?.().catch(() => "The console isn’t responding.");
    closeToast(id);
    showToast({ text: refusal === undefined ? "Undone." : `Couldn't undo. ${refusal}` });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") closeToast(id);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes it from any of its buttons
    <div
      data-toast=""
      onKeyDown={onKeyDown}
      className="pointer-events-auto flex max-w-[min(30rem,100%)] flex-wrap items-center gap-x-2 gap-y-1 rounded-lg border border-line-strong bg-surface py-1.5 pr-1.5 pl-3.5 shadow-[0_6px_24px_rgb(0_0_0/0.16)]"
    >
      <span className="mr-2 min-w-0 [overflow-wrap:anywhere]">{text}</span>
      {link && (
        <Link
          href={link.href}
          prefetch={false}
          onClick={() => closeToast(id)}
          className="text-accent underline"
        >
          {link.label}
        </Link>
      )}
      {undo && (
        <Button variant="quiet" onClick={takeBack} disabled={isUndoing}>
          {isUndoing ? "Undoing…" : "Undo"}
        </Button>
      )}
      <Button variant="quiet" layout="px-2" aria-label="Close" onClick={() => closeToast(id)}>
        <span aria-hidden="true">×</span>
      </Button>
    </div>
  );
}
