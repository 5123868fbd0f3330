import type { ButtonHTMLAttributes } from "react";

export type ButtonVariant = "primary" | "secondary" | "quiet" | "danger";

const BASE =
  "inline-flex min-h-7 items-center gap-1.5 rounded-[5px] border py-1 text-[13px] font-[550] whitespace-nowrap no-underline cursor-pointer disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:cursor-not-allowed aria-disabled:opacity-55";

const VARIANTS: Record<ButtonVariant, string> = {
  primary: "border-transparent bg-accent-solid text-accent-ink hover:brightness-105",
  secondary: "border-line-strong bg-surface text-ink shadow-soft hover:bg-mute-soft",
  quiet: "border-transparent bg-transparent text-ink-2 hover:bg-mute-soft hover:text-ink",
  danger: "border-transparent bg-fail-solid text-white hover:brightness-110",
};

/** The classes of a button, for links that look like one. */
export const buttonClass = (variant: ButtonVariant = "secondary", layout = "justify-center px-3") =>
  `${BASE} ${VARIANTS[variant]} ${layout}`;

export function Button({
  variant,
  type = "button",
  layout,
  ...rest
}: Omit<ButtonHTMLAttributes<HTMLButtonElement>, "className"> & {
  variant?: ButtonVariant;
  /** Padding and alignment, where they are not a button's own. */
  layout?: string;
}) {
  return <button type={type} className={buttonClass(variant, layout)} {...rest} />;
}
