const TICKED = /^(checkbox|radio|button|submit|reset)$/;

/**
 * Whether a key that is pressed now writes something, so that it must not be taken for a shortcut. The focus says so,
 * not the target of the event: a list that is walked from its field gets copies of the field's events.
 */
export function isTyping(): boolean {
  const focused = document.activeElement;
  if (focused instanceof HTMLInputElement) return !TICKED.test(focused.type);
  return (
    focused instanceof HTMLElement &&
    (focused.isContentEditable || /^(TEXTAREA|SELECT)$/.test(focused.tagName))
  );
}
