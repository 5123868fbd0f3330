/** Text of a machine that scrolls by itself, by the keyboard too. `layout`: classes for its height, padding, and colors. */
export function ScrolledText({ text, layout }: { text: string; layout: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <pre tabIndex={0} className={`m-0 overflow-auto font-mono text-xs ${layout}`}>
      {text}
    </pre>
  );
}
