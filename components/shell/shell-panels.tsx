"use client";
import { type ComponentType, createContext, type ReactNode, use, useEffect, useMemo, useState } from "react";
import { Button } from "@/components/ui/button";
import { isTyping } from "@/components/ui/is-typing";
import { type ShellPanel, shellPanelOf } from "./shell-panel-keys";

type PanelComponent = ComponentType<{ target: string; onClose: () => void }>;

const load: Record<ShellPanel, () => Promise<PanelComponent>> = {
  palette: () => import("./command-palette").then(({ CommandPalette }) => CommandPalette),
  shortcuts: () => import("./shortcuts-sheet").then(({ ShortcutsSheet }) => ShortcutsSheet),
};

const ShowPanel = createContext<(panel: ShellPanel) => void>(() => undefined);

/**
 * The panels that keys open on every page, the palette and the list of shortcuts; both are loaded when first wanted.
 * The navigation is drawn twice, for a wide and for a narrow screen, so the panels and the keys are here, once, outside
 * of what a width hides.
 */
export function ShellPanels({ target, children }: { target: string; children: ReactNode }) {
  const [Open, setOpen] = useState<PanelComponent | null>(null);
  const show = useMemo(
    () => (panel: ShellPanel) => void load[panel]().then((component) => setOpen(() => component)),
    [],
  );
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const panel = shellPanelOf(event, isTyping());
      if (!panel) return;
      event.preventDefault();
      show(panel);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [show]);
  return (
    <ShowPanel value={show}>
      {children}
      {Open && <Open target={target} onClose={() => setOpen(null)} />}
    </ShowPanel>
  );
}

/** Opens the palette, and tells its key. */
export function SearchButton() {
  const show = use(ShowPanel);
  return (
    <Button variant="quiet" onClick={() => show("palette")} layout="justify-between px-2.5">
      Search or go to…
      <kbd className="font-mono text-[11px] text-ink-3">Ctrl K</kbd>
    </Button>
  );
}
