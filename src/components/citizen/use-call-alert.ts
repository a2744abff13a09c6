"use client";
import { useCallback, useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import type { TicketPage } from "@/lib/queue/ticket/schema";

/** Vibrates and notifies when the ticket is called or called again; asks for the permission only when told to. */
export function useCallAlert(page: TicketPage): { state: "off" | "on" | "denied"; ask: () => void } {
  const t = useTranslations("ticket.page");
  const [state, setState] = useState<"off" | "on" | "denied">("off");
  const announced = useRef(page.state === "called" ? page.calls : 0);

  const ask = useCallback(() => {
    // A browser without notifications can still vibrate and show the call in large.
    if (!("Notification" in window)) return setState("on");
    void Notification.requestPermission().then((answer) => setState(answer === "denied" && !("vibrate" in navigator) ? "denied" : "on"));
  }, []);

  useEffect(() => {
    if (page.state !== "called") return void (announced.current = 0);
    if (page.calls <= announced.current) return;
    announced.current = page.calls;
    navigator.vibrate?.([400, 200, 400]);
    const text = t("called", { window: page.window ?? "" });
    document.title = `${page.number} · ${text}`;
    if (state === "on" && "Notification" in window && Notification.permission === "granted") {
      try {
        new Notification(page.number, { body: text, tag: page.number });
      } catch {
        // Some phones allow notifications from service workers only; the page itself shows the call.
      }
    }
  }, [page, state, t]);

  return { state, ask };
}
