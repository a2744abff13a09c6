import { OperatorError } from "@/lib/kernel/errors";

/** `plan simulate`: the words after its name. */
export async function planSimulate(_words: string[]): Promise<void> {
  throw new OperatorError("plan simulate is not here yet.");
}
