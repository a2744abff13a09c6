/** Works at one import as a process of its own, so that a test can end it in the middle: `run-import.ts <id>`. */
import { database } from "@/lib/db/database";
import { runImport } from "@/lib/exchange/run/commands";

await runImport(database(), Number(process.argv[2]));
process.exit(0);
