import { isIP } from "node:net";
import nodemailer from "nodemailer";
import { connectionFault, resolveHost } from "./http";
import { type Adapter, plainError } from "./model";

const TIMEOUT = 10_000;
const PORTS: Record<string, number> = { "smtp:": 587, "smtps:": 465 };

/** E-mail by a mail server: `smtps://host:465`, or `smtp://host:587` with STARTTLS where the server offers it. */
export const email: Adapter = async (channel, message) => {
  try {
    const url = new URL(channel.address);
    const port = PORTS[url.protocol];
    if (port === undefined) return { ok: false, retry: false, error: "address_wrong" };
    const transport = nodemailer.createTransport({
      host: await resolveHost(url.hostname), port: Number(url.port) || port, secure: url.protocol === "smtps:", ...(isIP(url.hostname) ? {} : { tls: { servername: url.hostname } }),
      ...(channel.account ? { auth: { user: channel.account, pass: channel.secret } } : {}),
      connectionTimeout: TIMEOUT, greetingTimeout: TIMEOUT, socketTimeout: TIMEOUT, disableFileAccess: true, disableUrlAccess: true,
    });
    const { title, text, values } = message.content;
    const unsubscribe = /https?:\/\/\S+/.exec(values.stop ?? "")?.[0];
    const sent = await transport.sendMail({
      from: channel.sender, to: { name: "", address: message.to!.to }, subject: title, text, messageId: `<${message.id.replace("/", ".")}@${channel.sender.split("@")[1]?.replace(/>$/, "") ?? "hall"}>`,
      headers: { "Auto-Submitted": "auto-generated", "Content-Language": message.locale === "zh" ? "zh-CN" : "en", ...(unsubscribe ? { "List-Unsubscribe": `<${unsubscribe}>` } : {}) },
    });
    return { ok: true, providerId: sent.messageId, cost: channel.costCents };
  } catch (error) {
    const { responseCode, code } = error as { responseCode?: number; code?: string };
    if (responseCode === undefined && code === undefined) return connectionFault(error);
    // 4xx of SMTP is "later", 5xx is "never"; a refused sign-in is a fault of the configuration that somebody will mend.
    return { ok: false, retry: code === "EAUTH" || responseCode === undefined || responseCode < 500, error: plainError(responseCode === undefined ? `unreachable ${code}` : `smtp_${responseCode}`) };
  }
};
