/** `plan erlang|windows|simulate`: the planner on the command line; needs no database. Each prints one JSON document. */
import { OperatorError } from "@/lib/kernel/errors";

/** One file per subcommand, loaded when it is asked for; each takes the words after its name. */
const COMMANDS: Record<string, (words: string[]) => Promise<void>> = {
  simulate: async (words) => (await import("./plan-simulate")).planSimulate(words),
};

/** Runs one subcommand with the words after `plan`. */
export async function plan(words: string[]): Promise<void> {
  const [name, ...rest] = words;
  const command = Object.hasOwn(COMMANDS, name ?? "") ? COMMANDS[name!] : undefined;
  if (!command) throw new OperatorError(`plan needs one of: ${Object.keys(COMMANDS).join(", ")}. See npm run hall -- --help`);
  await command(rest);
}
