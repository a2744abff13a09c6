"use client";
import { useCallback, useEffect, useRef, useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { api, newKey } from "@/components/api-client";
import type { Locale } from "@/lib/i18n/locale";
import type { TicketPage } from "@/lib/queue/ticket/schema";

/** off: not asked for · on: while the page is open · pushed: also when it is closed · denied: the browser does not allow it. */
export type AlertState = "off" | "on" | "pushed" | "denied";

const bytes = (base64url: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(base64url.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));

/** Lets this browser be told of the call of this ticket. */
async function subscribe(token: string, pushKey: string, locale: Locale): Promise<boolean> {
  if (!("serviceWorker" in navigator) || !("PushManager" in window)) return false;
  await navigator.serviceWorker.register("/sw.js");
  const worker = await navigator.serviceWorker.ready;
  const subscription = (await worker.pushManager.getSubscription()) ?? (await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(pushKey) }));
  const { endpoint, keys } = subscription.toJSON();
  return (await api(`/tickets/${token}/reminders`, { body: { push: { endpoint, keys }, locale }, key: newKey() })).ok;
}

/** Vibrates and notifies when the ticket is called or called again; asks for the permission only when told to. */
export function useCallAlert(page: TicketPage, wanted: { token: string; pushKey?: string | undefined }): { state: AlertState; ask: () => void } {
  const t = useTranslations("ticket.page");
  const locale = useLocale() as Locale;
  const [state, setState] = useState<AlertState>("off");
  const { token, pushKey } = wanted;
  const announced = useRef(page.state === "called" ? page.calls : 0);

  const ask = useCallback(() => {
    // A browser without notifications can still vibrate and show the call in large.
    if (!("Notification" in window)) return setState("on");
    void Notification.requestPermission().then((answer) => {
      setState(answer === "denied" && !("vibrate" in navigator) ? "denied" : "on");
      // With web push the call comes although the page is closed; without it the open page tells of it.
      if (answer === "granted" && pushKey) void subscribe(token, pushKey, locale).then((done) => done && setState("pushed"), () => undefined);
    });
  }, [token, pushKey, locale]);

  useEffect(() => {
    if (page.state !== "called") return void (announced.current = 0);
    if (page.calls <= announced.current) return;
    announced.current = page.calls;
    navigator.vibrate?.([400, 200, 400]);
    const text = t("called", { window: page.window ?? "" });
    document.title = `${page.number} · ${text}`;
    if ((state === "on" || state === "pushed") && "Notification" in window && Notification.permission === "granted") {
      try {
        new Notification(page.number, { body: text, tag: page.number });
      } catch {
        // Some phones allow notifications from service workers only; the page itself shows the call.
      }
    }
  }, [page, state, t]);

  return { state, ask };
}
