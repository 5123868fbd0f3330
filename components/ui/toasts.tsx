"use client";
import type { Route } from "next";
import Link from "next/link";
import { type KeyboardEvent, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { Button } from "./button";

/** What was done, in a sentence, with the way to it or back from it. */
export type Toast = {
  text: string;
  link?: { label: string; href: Route };
  /** Takes it back; resolves to the reason when it was refused. */
  undo?: () => Promise<string | undefined>;
};

type Shown = Toast & { id: number };

const STAYS_MS = 8_000;
/** More would cover the page. */
const AT_MOST = 3;
const NONE: Shown[] = [];
const listeners = new Set<() => void>();
let shown: Shown[] = NONE;
let last = 0;

function set(next: Shown[]) {
  shown = next;
  for (const each of listeners) each();
}

/** Says that something was saved, created or deleted, over whichever page comes next. */
export function showToast(toast: Toast): void {
  set([...shown.slice(1 - AT_MOST), { ...toast, id: ++last }]);
}

const close = (id: number) => set(shown.filter((toast) => toast.id !== id));

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Where toasts appear, once on a page. F8 goes to the latest, Escape closes it. */
export function Toasts() {
  const toasts = useSyncExternalStore(
    subscribe,
    () => shown,
    () => NONE,
  );
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
      <div role="status" aria-label="Messages" className="contents">
        {toasts.map((toast) => (
          <ToastCard key={toast.id} toast={toast} isHeld={isHeld} />
        ))}
      </div>
    </div>
  );
}

function ToastCard({ toast, isHeld }: { toast: Shown; isHeld: boolean }) {
  const { id, text, link, undo } = toast;
  const [isUndoing, setUndoing] = useState(false);
  useEffect(() => {
    if (isHeld || isUndoing) return;
    const timer = setTimeout(() => close(id), STAYS_MS);
    return () => clearTimeout(timer);
  }, [id, isHeld, isUndoing]);
  const takeBack = async () => {
    setUndoing(true);
    const refusal = await undo?.().catch(() => "The console did not answer.");
    close(id);
    showToast({ text: refusal === undefined ? "Undone." : `Couldn't undo. ${refusal}` });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") close(id);
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
        <Link href={link.href} prefetch={false} onClick={() => close(id)} className="text-accent underline">
          {link.label}
        </Link>
      )}
      {undo && (
        <Button variant="quiet" onClick={takeBack} disabled={isUndoing}>
          {isUndoing ? "Undoing…" : "Undo"}
        </Button>
      )}
      <Button variant="quiet" layout="px-2" aria-label="Close" onClick={() => close(id)}>
        <span aria-hidden="true">×</span>
      </Button>
    </div>
  );
}
