"use client";
import dynamic from "next/dynamic";
import { usePathname } from "next/navigation";
import {
  type ComponentType,
  createContext,
  type ReactNode,
  use,
  useCallback,
  useEffect,
  useRef,
  useState,
} from "react";
import { Button } from "@/components/ui/button";
import { isTyping } from "@/components/ui/is-typing";
import { useToasts } from "@/components/ui/toasts";
import type { TargetSummary } from "@/lib/image-builder/targets/types";
import { EarlyKeys } from "./early-keys";
import { rememberPage } from "./recent-pages";
import { type ShellPanel, shellPanelOf } from "./shell-panel-keys";
import type { PanelProps } from "./types";

type PanelComponent = ComponentType<PanelProps>;

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
export function ShellPanels({
  target,
  targets,
  isAll,
  children,
}: {
  target: TargetSummary;
  targets: TargetSummary[];
  isAll: boolean;
  children: ReactNode;
}) {
  const [Open, setOpen] = useState<PanelComponent | null>(null);
  const [early] = useState(() => new EarlyKeys());
  const shown = useRef<ShellPanel>(undefined);
  const close = useCallback(() => {
    early.end();
    shown.current = undefined;
    setOpen(null);
  }, [early]);
  const show = useCallback(
    (panel: ShellPanel) => {
      // The field of an open palette takes its keys itself.
      if (panel === "palette" && shown.current !== panel) early.begin();
      shown.current = panel;
      void load[panel]().then((component) => {
        if (shown.current === panel) setOpen(() => component);
      }, close);
    },
    [early, close],
  );
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isEarly = early.catch(event);
      const panel = isEarly ? undefined : shellPanelOf(event, isTyping());
      if (isEarly || panel) event.preventDefault();
      if (panel) show(panel);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [early, show]);
  const pathname = usePathname();
  useEffect(() => rememberPage(target.id, pathname), [target.id, pathname]);
  return (
    <ShowPanel value={show}>
      {children}
      <Toasts />
      {Open && <Open target={target} targets={targets} isAll={isAll} early={early} onClose={close} />}
    </ShowPanel>
  );
}

// Most pages say nothing: what draws toasts is loaded with the first one.
const ToastList = dynamic(() => import("@/components/ui/toast-list").then((file) => file.ToastList), {
  ssr: false,
});

/** In the page from the start, so that the first toast is announced too. */
function Toasts() {
  const count = useToasts().length;
  const [isWanted, setWanted] = useState(false);
  if (count > 0 && !isWanted) setWanted(true);
  return (
    <div role="status" aria-label="Messages">
      {isWanted && <ToastList />}
    </div>
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
