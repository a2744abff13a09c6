/** Real servers that take messages in tests: an HTTP gateway that checks its signatures, and a mail server. */
import { createServer as createHttp } from "node:http";
import { type AddressInfo, createServer as createNet } from "node:net";
import { signedBy } from "@/lib/notify/channel/http";

export interface Taken {
  id: string;
  body: Record<string, unknown>;
}

/** Answers by `answers` in turn, then with 200 and an id; takes nothing whose signature is wrong. */
export async function startGateway(secret: string, now: () => Promise<string>) {
  const taken: Taken[] = [];
  const answers: { status: number; body?: object; headers?: Record<string, string> }[] = [];
  const seen: { path: string; signed: boolean }[] = [];
  let hold: Promise<void> | undefined;
  const server = createHttp((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => void (async () => {
      const body = Buffer.concat(parts).toString("utf8");
      const header = (name: string) => request.headers[name] as string | undefined;
      const signed = signedBy(secret, await now(), { timestamp: header("x-timestamp"), nonce: header("x-nonce"), signature: header("x-signature") }, body);
      seen.push({ path: request.url ?? "", signed });
      await hold;
      const answer = signed ? answers.shift() : { status: 401 };
      const id = String(header("idempotency-key"));
      if (!answer || answer.status === 200) taken.push({ id, body: JSON.parse(body) as Record<string, unknown> });
      response.writeHead(answer?.status ?? 200, { "Content-Type": "application/json", ...answer?.headers }).end(JSON.stringify(answer?.body ?? { id: `p-${id}` }));
    })());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/send`, taken, answers, seen,
    holdUntil: (promise: Promise<void> | undefined) => { hold = promise; },
    stop: () => new Promise<void>((resolve) => { server.closeAllConnections(); server.close(() => resolve()); }),
  };
}

/** A mail server that speaks just enough SMTP; `refuse` gives the answers to the next recipients. */
export async function startMailServer() {
  const mails: { from: string; to: string; text: string }[] = [];
  const refuse: string[] = [];
  const server = createNet((socket) => {
    let mail = { from: "", to: "", text: "" };
    let inData = false;
    let rest = "";
    const say = (line: string) => socket.write(`${line}\r\n`);
    const hear = (line: string) => {
      if (inData) {
        if (line !== ".") return void (mail.text += `${line}\n`);
        inData = false;
        mails.push(mail);
        mail = { from: "", to: "", text: "" };
        return say("250 taken");
      }
      const [word] = line.toUpperCase().split(" ");
      if (word === "EHLO" || word === "HELO") return say("250 test");
      if (word === "MAIL") mail.from = /<(.*)>/.exec(line)?.[1] ?? "";
      if (word === "RCPT") {
        const answer = refuse.shift();
        if (answer) return say(answer);
        mail.to = /<(.*)>/.exec(line)?.[1] ?? "";
      }
      if (word === "DATA") {
        inData = true;
        return say("354 go on");
      }
      say(word === "QUIT" ? "221 bye" : "250 ok");
    };
    socket.on("error", () => undefined);
    socket.on("data", (data) => {
      rest += data.toString("utf8");
      const lines = rest.split("\r\n");
      rest = lines.pop()!;
      lines.forEach(hear);
    });
    say("220 test");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`, mails, refuse, stop: () => new Promise<void>((resolve) => { server.close(() => resolve()); }) };
}
