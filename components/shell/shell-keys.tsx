"use client";
import { type ComponentType, useEffect, useState } from "react";
import { Button } from "@/components/ui/button";

type Panel = "palette" | "shortcuts";
type PanelComponent = ComponentType<{ target: string; onClose: () => void }>;

const load: Record<Panel, () => Promise<PanelComponent>> = {
  palette: () => import("./command-palette").then(({ CommandPalette }) => CommandPalette),
  shortcuts: () => import("./shortcuts-sheet").then(({ ShortcutsSheet }) => ShortcutsSheet),
};

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** Opens the palette (Ctrl/Cmd-K) and the list of shortcuts (?); both are loaded when first wanted. */
export function ShellKeys({ target }: { target: string }) {
  const [Open, setOpen] = useState<PanelComponent | null>(null);
  const show = async (panel: Panel) => {
    const component = await load[panel]();
    setOpen(() => component);
  };
  // Keys are the browser's: subscribed once, let go with the shell.
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        void load.palette().then((component) => setOpen(() => component));
      } else if (event.key === "?" && !isTyping(event.target)) {
        void load.shortcuts().then((component) => setOpen(() => component));
      }
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
  return (
    <>
      <Button variant="quiet" onClick={() => show("palette")} layout="justify-between px-2.5">
        Search or jump to
        <kbd className="font-mono text-[11px] text-ink-3">Ctrl K</kbd>
      </Button>
      {Open && <Open target={target} onClose={() => setOpen(null)} />}
    </>
  );
}
