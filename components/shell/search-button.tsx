"use client";
import { Button } from "@/components/ui/button";
import { useShowPanel } from "./shell-panels";

/** Opens the palette, and tells its key. */
export function SearchButton() {
  const show = useShowPanel();
  return (
    <Button variant="quiet" onClick={() => show("palette")} layout="justify-between px-2.5">
      Search or jump to
      <kbd className="font-mono text-[11px] text-ink-3">Ctrl K</kbd>
    </Button>
  );
}
