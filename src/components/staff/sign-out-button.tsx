"use client";
import { LogOut } from "lucide-react";
import { signOut } from "next-auth/react";
import { useState } from "react";

export function SignOutButton({ label }: { label: string }) {
  const [leaving, setLeaving] = useState(false);
  const leave = async () => {
    setLeaving(true);
    try {
      // Not next-auth's own redirect: behind a proxy it does not know under which address the browser is here.
      await signOut({ redirect: false });
      window.location.assign("/login");
    } catch {
      // The server did not answer: stay, so that nobody believes to be signed out.
      setLeaving(false);
    }
  };
  return (
    <button type="button" onClick={() => void leave()} disabled={leaving} className="inline-flex min-h-9 items-center gap-1.5 rounded-base px-2 text-sm text-brand hover:bg-brand-soft disabled:opacity-60">
      <LogOut aria-hidden className="size-4" />{label}
    </button>
  );
}
