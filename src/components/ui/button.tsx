import { clsx } from "clsx";
import type { ButtonHTMLAttributes } from "react";

const LOOKS = {
  primary: "bg-brand text-white border-brand hover:bg-brand-strong",
  secondary: "bg-surface text-brand border-line-strong hover:bg-brand-soft",
  quiet: "bg-transparent text-brand border-transparent hover:bg-brand-soft",
  danger: "bg-surface text-bad border-bad hover:bg-bad-soft",
} as const;

const SIZES = {
  small: "min-h-9 px-3 text-sm",
  medium: "min-h-11 px-4",
  large: "min-h-14 px-6 text-xl",
  huge: "min-h-20 px-8 text-3xl font-semibold",
} as const;

export interface ButtonLook {
  look?: keyof typeof LOOKS;
  size?: keyof typeof SIZES;
}

/** Classes of a button, for links that look like one. */
export const buttonClass = ({ look = "secondary", size = "medium" }: ButtonLook = {}, extra?: string): string =>
  clsx("inline-flex items-center justify-center gap-2 rounded-base border font-medium no-underline disabled:cursor-not-allowed disabled:opacity-50", LOOKS[look], SIZES[size], extra);

export function Button({ look, size, className, type = "button", ...rest }: ButtonLook & ButtonHTMLAttributes<HTMLButtonElement>) {
  return <button data-slot="button" type={type} className={buttonClass({ look, size }, className)} {...rest} />;
}
