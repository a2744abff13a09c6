/** The operator's command line: `npm run hall -- <command>`. */
import { OperatorError } from "@/lib/kernel/errors";

/** Commands with options of their own that need no database: the program is not even loaded. */
const WITHOUT_DATABASE: Record<string, (words: string[]) => Promise<void>> = {
  plan: async (words) => (await import("./plan")).plan(words),
  estimate: async (words) => (await import("./estimate")).estimate(words),
};

async function main(): Promise<void> {
  const [first, ...words] = process.argv.slice(2);
  if (first && Object.hasOwn(WITHOUT_DATABASE, first) && !words.includes("--help")) return WITHOUT_DATABASE[first]!(words);
  await (await import("./operator")).operate();
}

main().catch((error: unknown) => {
  console.error(error instanceof OperatorError || (error as { code?: string }).code?.startsWith("ERR_PARSE_ARGS") ? (error as Error).message : error);
  process.exitCode = 1;
});
