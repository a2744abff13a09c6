/** What the set-up tells the tests, in a file that lives as long as the run. */
import { readFileSync } from "node:fs";

export interface Account {
  hall: string;
  role: string;
  password: string;
  /** The password is a first one and must be changed. */
  first: boolean;
}

export interface State {
  url: string;
  /** Process of the server. */
  pid: number;
  databaseUrl: string;
  secret: string;
  /** By user name. */
  accounts: Record<string, Account>;
  tokens: {
    /** `hall:role`, e.g. `demo:guide`; for clerks `demo:A02`, one per window. */
    api: Record<string, string>;
    /** Device tokens by `hall:device`. */
    device: Record<string, string>;
  };
}

/** Another file is taken for work on the tests, with a stack that keeps running (see stack.ts). */
export const STATE_FILE = process.env.E2E_STATE ?? ".data/test/e2e.json";

export const readState = (): State => JSON.parse(readFileSync(STATE_FILE, "utf8")) as State;
