import type { ComponentProps } from "react";

type InputLook = {
  /** `form` fills its column; `bar` is as wide as its content, beside buttons; `low` is the same with small type. */
  look?: keyof typeof LOOKS;
  /** For ids, versions and code. */
  isMono?: boolean;
  /** Lies lower than the surface around it, as fields that search do. */
  isSunken?: boolean;
  /** Width and place, where they are not those of the look. */
  layout?: string;
};

const BASE =
  "rounded-[5px] border border-line-strong text-ink placeholder:text-ink-3 aria-invalid:border-fail disabled:opacity-60 [&[readonly]]:bg-sunken";
const LOOKS = {
  form: "min-h-8 px-2.5 py-1",
  bar: "min-h-7 px-2",
  low: "min-h-6 px-2 py-0.5 text-xs",
};

/** The classes of an input, for those that a library draws. */
export function inputClass({ look = "form", isMono, isSunken, layout }: InputLook = {}): string {
  const width = layout ?? (look === "form" ? "w-full" : "");
  const type = isMono ? "font-mono text-xs" : "";
  return `${BASE} ${LOOKS[look]} ${isSunken ? "bg-sunken" : "bg-surface"} ${type} ${width}`;
}

type Drawn<Tag extends "input" | "select" | "textarea"> = Omit<ComponentProps<Tag>, "className"> & InputLook;

/** One line of text, a number or a date. */
export function Input({ look, isMono, isSunken, layout, ...rest }: Drawn<"input">) {
  return <input className={inputClass({ look, isMono, isSunken, layout })} {...rest} />;
}

/** One of a few, by the browser's own list. */
export function Select({ look, isMono, isSunken, layout, ...rest }: Drawn<"select">) {
  return <select className={inputClass({ look, isMono, isSunken, layout })} {...rest} />;
}

/** Text of several lines. */
export function TextArea({ look, isMono, isSunken, layout, ...rest }: Drawn<"textarea">) {
  return <textarea className={inputClass({ look, isMono, isSunken, layout })} {...rest} />;
}

type Ticked = Omit<ComponentProps<"input">, "type" | "className"> & {
  /** Beside the first of several lines of text. */
  isAtTop?: boolean;
};

/** A box to tick; `isPart` where it stands for several of which some are ticked. */
export function Checkbox({ isAtTop, isPart = false, ref, ...rest }: Ticked & { isPart?: boolean }) {
  return (
    <input
      type="checkbox"
      ref={(box) => {
        if (box) box.indeterminate = isPart;
        if (typeof ref === "function") return ref(box);
        if (ref) ref.current = box;
      }}
      className={tickClass(isAtTop)}
      {...rest}
    />
  );
}

/** One of several that exclude each other. */
export function Radio({ isAtTop, ...rest }: Ticked) {
  return <input type="radio" className={tickClass(isAtTop)} {...rest} />;
}

const tickClass = (isAtTop = false) => `block size-3.5 accent-(--accent) ${isAtTop ? "mt-1" : ""}`;
