import { ModalPanel } from "@/components/ui/modal-panel";
import { LOG_KEYS } from "./log-keys";

/** The keys of the log. */
export function LogKeysSheet({ onClose }: { onClose: () => void }) {
  return (
    <ModalPanel label="Log shortcuts" onClose={onClose}>
      <div className="p-4">
        <h2 className="m-0 mb-3 font-semibold text-[15px]">Log shortcuts</h2>
        <dl className="m-0 grid grid-cols-[auto_1fr] gap-x-6 gap-y-1.5 font-sans text-sm">
          {LOG_KEYS.map(({ key, does }) => (
            <div key={key} className="contents">
              <dt>
                <kbd className="font-mono text-xs">{key}</kbd>
              </dt>
              <dd className="m-0 text-ink-2">{does}</dd>
            </div>
          ))}
          <div className="contents">
            <dt>
              <kbd className="font-mono text-xs">↑ ↓ Home End</kbd>
            </dt>
            <dd className="m-0 text-ink-2">scroll; scrolling up stops Follow</dd>
          </div>
        </dl>
      </div>
    </ModalPanel>
  );
}
