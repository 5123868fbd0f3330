/**
 * Keys that are typed after the palette was asked for and before its field takes them. They are caught on the window,
 * and `take` hands them over: once when the palette is first drawn, and once when its field has the focus.
 */
export class EarlyKeys {
  #text = "";
  #isCatching = false;

  begin(): void {
    this.#isCatching = true;
    this.#text = "";
  }

  /** Nothing is caught any more. */
  end(): void {
    this.#isCatching = false;
  }

  /** Whether the key was caught, and must do nothing else. */
  catch({ key, ctrlKey, metaKey, altKey }: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey">) {
    if (!this.#isCatching || ctrlKey || metaKey || altKey) return false;
    if (key === "Backspace") this.#text = [...this.#text].slice(0, -1).join("");
    else if ([...key].length === 1) this.#text += key;
    else return false;
    return true;
  }

  take(): string {
    const taken = this.#text;
    this.#text = "";
    return taken;
  }
}
