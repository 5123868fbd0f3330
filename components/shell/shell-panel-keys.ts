export type ShellPanel = "palette" | "shortcuts";

/** The panel that a key opens: Ctrl+K or Cmd+K anywhere, `?` where nobody is typing; undefined for any other key. */
export function shellPanelOf(
  {
    key,
    ctrlKey,
    metaKey,
    altKey,
    shiftKey,
  }: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">,
  isTyping: boolean,
): ShellPanel | undefined {
  if (key.toLowerCase() === "k" && ctrlKey !== metaKey && !altKey && !shiftKey) return "palette";
  return key === "?" && !isTyping && !ctrlKey && !metaKey ? "shortcuts" : undefined;
}
