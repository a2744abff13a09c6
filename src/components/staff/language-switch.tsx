"use client";
import { Languages } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { LOCALE_COOKIE, type Locale } from "@/lib/i18n/locale";

/** Changes the language in place: what was typed or called stays on the screen. */
export function LanguageSwitch({ locale, label, title }: { locale: Locale; label: string; title: string }) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const other: Locale = locale === "zh" ? "en" : "zh";
  const change = () => {
    document.cookie = `${LOCALE_COOKIE}=${other}; path=/; max-age=31536000; samesite=lax`;
    startTransition(() => router.refresh());
  };
  return (
    // The mouse takes no focus: at the desk Space stays the primary action.
    <button type="button" onMouseDown={(event) => event.preventDefault()} onClick={change} title={title} aria-busy={pending} className="inline-flex min-h-9 items-center gap-1.5 rounded-base px-2 text-sm text-brand hover:bg-brand-soft">
      <Languages aria-hidden className="size-4" /><span lang={other === "en" ? "en" : "zh-CN"}>{label}</span>
    </button>
  );
}
