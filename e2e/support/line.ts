/** A line between a screen and the server that can be cut: a TCP relay (reliability.md, section 4). */
import net from "node:net";

export interface Line {
  /** Where the screen finds the server. */
  origin: string;
  /** Ends every connection and refuses new ones. */
  cut(): void;
  /** Connections stay, packets vanish: the half-open line. */
  swallow(): void;
  restore(): void;
  close(): Promise<void>;
}

export async function openLine(target: string): Promise<Line> {
  const port = Number(new URL(target).port);
  const open = new Set<net.Socket>();
  let state: "open" | "cut" | "swallow" = "open";
  const relay = net.createServer((near) => {
    if (state === "cut") return void near.destroy();
    const far = net.connect(port, "127.0.0.1");
    for (const [from, to] of [[near, far], [far, near]] as const) {
      open.add(from);
      from.on("data", (chunk) => state === "open" && to.write(chunk));
      from.on("error", () => undefined);
      from.on("close", () => {
        open.delete(from);
        to.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => relay.listen(0, "127.0.0.1", resolve));
  const drop = () => {
    for (const socket of open) socket.destroy();
  };
  return {
    origin: `http://localhost:${(relay.address() as net.AddressInfo).port}`,
    cut() {
      state = "cut";
      drop();
    },
    swallow: () => void (state = "swallow"),
    restore() {
      // What was swallowed is gone: those connections can only be dropped.
      if (state === "swallow") drop();
      state = "open";
    },
    async close() {
      drop();
      await new Promise((resolve) => relay.close(resolve));
    },
  };
}
