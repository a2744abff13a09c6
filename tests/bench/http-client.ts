import net from "node:net";

/** A keep-alive connection that costs the load generator as little as possible: it shares the machine with the server. */
export class Connection {
  private socket!: net.Socket;
  private buffer = "";
  private waiting: ((answer: { status: number; body: string }) => void) | undefined;

  static open(port: number): Promise<Connection> {
    const connection = new Connection();
    return new Promise((resolve, reject) => {
      connection.socket = net.connect({ port, host: "127.0.0.1", noDelay: true }, () => resolve(connection));
      connection.socket.setEncoding("utf8");
      connection.socket.once("error", reject);
      connection.socket.on("data", (chunk: string) => connection.take(chunk));
    });
  }

  post(path: string, token: string, body = ""): Promise<{ status: number; body: string }> {
    return this.send("POST", path, `Authorization: Bearer ${token}`, body);
  }

  /** One request; `header` is one more line, e.g. whose address it is. */
  send(method: "GET" | "POST", path: string, header: string, body = ""): Promise<{ status: number; body: string }> {
    this.socket.write(`${method} ${path} HTTP/1.1\r\nHost: localhost\r\n${header}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    return new Promise((resolve) => (this.waiting = resolve));
  }

  close(): void {
    this.socket.destroy();
  }

  private take(chunk: string): void {
    this.buffer += chunk;
    const head = this.buffer.indexOf("\r\n\r\n");
    if (head < 0) return;
    const headers = this.buffer.slice(0, head).toLowerCase();
    const length = /content-length: (\d+)/.exec(headers)?.[1];
    const rest = this.buffer.slice(head + 4);
    const whole = length === undefined ? rest.endsWith("0\r\n\r\n") : Buffer.byteLength(rest) >= Number(length);
    if (!whole) return;
    this.buffer = "";
    const done = this.waiting;
    this.waiting = undefined;
    done?.({ status: Number(headers.slice(9, 12)), body: rest });
  }
}

export const quantile = (values: number[], q: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0;
};
export const median = (values: number[]): number => quantile(values, 0.5);
