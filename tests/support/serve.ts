/** A server program of its own for tests that kill it: prints its port as JSON and serves until it is killed. */
import { startServer } from "@/server";

const server = await startServer({ pages: false });
console.log(JSON.stringify({ port: server.port }));
for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void server.stop().then(() => process.exit(0)));
