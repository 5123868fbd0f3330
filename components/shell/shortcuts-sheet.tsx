"use client";
import { ModalPanel } from "@/components/ui/modal-panel";

const SHORTCUTS = [
  ["Ctrl K or Cmd K", "search or go to"],
  ["?", "show this list"],
  ["↑ ↓ or j k", "move between table rows"],
  ["x", "select the row"],
  ["Enter", "open the row"],
  ["/", "search the table or log on the page"],
  ["F8", "go to the latest message"],
  ["Esc", "close"],
] as const;

/** The keys one can use anywhere. */
export function ShortcutsSheet({ onClose }: { onClose: () => void }) {
  return (
    <ModalPanel label="Keyboard shortcuts" onClose={onClose}>
      <div className="p-4">
        <h2 className="m-0 mb-3 font-semibold text-[15px]">Keyboard shortcuts</h2>
        <dl className="m-0 grid grid-cols-[auto_1fr] gap-x-6 gap-y-2">
          {SHORTCUTS.map(([keys, does]) => (
            <div key={keys} className="contents">
              <dt>
                <kbd className="font-mono text-xs">{keys}</kbd>
              </dt>
              <dd className="m-0 text-ink-2">{does}</dd>
            </div>
          ))}
        </dl>
      </div>
    </ModalPanel>
  );
}
