/** What the keys do while the log has the focus; the list of shortcuts shows these words. */
export const LOG_KEYS = [
  { key: "/", act: "search", does: "search this log; Enter and Shift+Enter move between matches" },
  { key: "n", act: "next-match", does: "next match" },
  { key: "N", act: "previous-match", does: "previous match" },
  { key: "e", act: "next-error", does: "next error" },
  { key: "E", act: "previous-error", does: "previous error" },
  { key: "]", act: "next-step", does: "next step" },
  { key: "[", act: "previous-step", does: "previous step" },
  { key: "g", act: "go-to-line", does: "go to a line or range; the URL links to it" },
  { key: "f", act: "follow", does: "toggle Follow" },
  { key: "z", act: "fold", does: "fold or unfold all steps" },
  { key: "w", act: "wrap", does: "toggle line wrap" },
  { key: "t", act: "times", does: "switch between no times, relative, UTC, and local" },
  { key: "c", act: "copy", does: "copy the selected lines, or all lines" },
  { key: "m", act: "full-screen", does: "toggle full screen" },
  { key: "?", act: "help", does: "show this list" },
] as const;

export type LogAct = (typeof LOG_KEYS)[number]["act"];
/** Those that are the page's own: they move the focus, or ask the browser for something. */
export type PageAct = Extract<LogAct, "search" | "go-to-line" | "copy" | "full-screen">;
/** Those that change what is read. */
export type ReaderAct = Exclude<LogAct, PageAct>;

/** What a key does; undefined for one that means nothing here, or is typed into a field. */
export function actOfKey(
  { key, ctrlKey, metaKey, altKey }: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey">,
  isTyping: boolean,
): LogAct | undefined {
  if (isTyping || ctrlKey || metaKey || altKey) return undefined;
  return LOG_KEYS.find((each) => each.key === key)?.act;
}
