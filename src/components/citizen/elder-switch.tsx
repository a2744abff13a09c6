"use client";
import { ALargeSmall } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTransition } from "react";

/** 长辈版: larger everything, kept in a cookie so that the server renders it. */
export function ElderSwitch({ on, label }: { on: boolean; label: string }) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const change = () => {
    document.cookie = `yiting-elder=${on ? 0 : 1}; path=/; max-age=31536000; samesite=lax`;
    document.documentElement.dataset.elder = String(!on);
    startTransition(() => router.refresh());
  };
  return (
    <button type="button" onClick={change} aria-pressed={on} aria-busy={pending} className="inline-flex min-h-11 items-center gap-1.5 rounded-base px-2 text-brand hover:bg-brand-soft">
      <ALargeSmall aria-hidden className="size-5" />{label}
    </button>
  );
}
