import webpush from "web-push";
import { env } from "@/lib/env/env";
import { connectionFault } from "./http";
import type { Adapter } from "./model";

/** A notification is opened by a touch and stopped in the browser: it needs no links. */
const withoutLinks = (text: string, { link = "", stop = "" }: Readonly<Record<string, string>>): string => [link, stop].filter(Boolean).reduce((rest, part) => rest.replaceAll(part, ""), text).trim();

/** Web push (RFC 8030, 8291, 8292): encrypted for the browser, signed with this installation's keys. */
export const push: Adapter = async (channel, message, { post, pushKeys }) => {
  try {
    const { title, text, values } = message.content;
    const { PUBLIC_URL } = env();
    const details = webpush.generateRequestDetails(message.to!.push!, JSON.stringify({ title, text: withoutLinks(text, values), link: values.link ?? "/", tag: message.kind.split("_")[0] }), {
      TTL: message.lifeSeconds, urgency: message.urgent ? "high" : "normal", contentEncoding: "aes128gcm",
      vapidDetails: { subject: PUBLIC_URL?.startsWith("https:") ? PUBLIC_URL : `mailto:${channel.sender || "postmaster@localhost"}`, ...(await pushKeys()) },
    });
    const { status } = await post(details.endpoint, { headers: Object.fromEntries(Object.entries(details.headers).map(([name, value]) => [name, String(value)])), body: details.body ?? "", outside: true });
    if (status >= 200 && status <= 299) return { ok: true, cost: channel.costCents };
    // 404 and 410: the browser has ended its subscription.
    return { ok: false, retry: status >= 500 || status === 429, error: status === 404 || status === 410 ? "subscription_ended" : `http_${status}` };
  } catch (error) {
    return connectionFault(error);
  }
};
