import { smsSegments } from "../model";
import { type Answer, connectionFault, signedHeaders } from "./http";
import { type Adapter, plainError, type Sent } from "./model";

/** Statuses after which the same request may succeed. */
const PASSING = [408, 425, 429];

/** `{id}` or `{ok: false, error, retry}`; other statuses than 2xx say by their class whether a repetition helps. */
function sentBy({ status, body }: Answer): Sent {
  if (status < 200 || status > 299) return { ok: false, retry: status >= 500 || PASSING.includes(status), error: `http_${status}` };
  let said: { ok?: unknown; id?: unknown; error?: unknown; retry?: unknown };
  try {
    said = (JSON.parse(body || "{}") ?? {}) as typeof said;
  } catch {
    return { ok: false, retry: true, error: "answer_unreadable" };
  }
  if (said.ok === false) return { ok: false, retry: said.retry === true, error: plainError(String(said.error ?? "refused")) };
  return { ok: true, ...(said.id === undefined ? {} : { providerId: String(said.id).slice(0, 128) }) };
}

/** One signed JSON request; a gateway that sees `requestId` again answers as it did and sends nothing. */
const ask = async (channel: Parameters<Adapter>[0], message: Parameters<Adapter>[1], tools: Parameters<Adapter>[2], content: object): Promise<Sent> => {
  const body = JSON.stringify({ requestId: message.id, account: channel.account, ...content });
  return tools.post(channel.address, { headers: { ...signedHeaders(channel, message.now, body), "Idempotency-Key": message.id }, body }).then(sentBy, connectionFault);
};

/** SMS by an HTTP gateway: template and variables where the gateway knows the text, the text itself otherwise; each part costs. */
export const sms: Adapter = async (channel, message, tools) => {
  const { template, values, text } = message.content;
  const sent = await ask(channel, message, tools, { phone: message.to!.to, sign: channel.sender, text, ...(template ? { template, variables: values } : {}) });
  return sent.ok ? { ...sent, cost: channel.costCents * smsSegments(text) } : sent;
};

/** A message gateway (WeChat official account or the like) by signed JSON. */
export const gateway: Adapter = async (channel, message, tools) => {
  const { template, values, title, text } = message.content;
  const sent = await ask(channel, message, tools, { to: message.to!.to, kind: message.kind, locale: message.locale, title, text, template, variables: values, link: values.link ?? "" });
  return sent.ok ? { ...sent, cost: channel.costCents } : sent;
};
