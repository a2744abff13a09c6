"use client";
import { useEffect } from "react";
import { Button } from "@/components/ui/button";
import en from "@/messages/en/kiosk.json";
import zh from "@/messages/zh/kiosk.json";

const RESTART = 10_000;

/** Nobody stands behind a kiosk: it starts again by itself, and never leaves a half-finished visit on the screen. */
export default function KioskError() {
  useEffect(() => {
    const timer = setTimeout(() => location.reload(), RESTART);
    return () => clearTimeout(timer);
  }, []);
  return (
    <main className="kiosk flex min-h-dvh flex-col items-center justify-center gap-6 p-8 text-center">
      <h1 className="text-4xl font-semibold">{zh.broken.heading}</h1>
      <p className="text-xl">{zh.broken.text}</p>
      <p lang="en" className="text-ink-soft">{en.broken.heading}. {en.broken.text}</p>
      <Button look="primary" size="huge" onClick={() => location.reload()}>{zh.broken.again}</Button>
    </main>
  );
}
