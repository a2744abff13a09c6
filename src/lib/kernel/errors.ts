/**
 * Not allowed, not found, bad input or temporarily unable: the caller's request ends here. A refusal by rule or state is
 * a `Refusal` value instead; every other exception is a bug.
 */
export class AppError extends Error {
  constructor(
    readonly status: 400 | 401 | 403 | 404 | 409 | 413 | 429 | 503,
    readonly code: string,
    readonly options: { field?: string; details?: Record<string, unknown>; retryAfterSeconds?: number } = {},
  ) {
    super(code);
    this.name = "AppError";
  }
}

/** A message for the operator of the program: one clear sentence, exit code 1, no stack. */
export class OperatorError extends Error {}

export const notFound = (code: string): AppError => new AppError(404, code);
export const forbidden = (code = "forbidden"): AppError => new AppError(403, code);
export const badInput = (code: string, field?: string): AppError =>
  new AppError(400, code, field === undefined ? {} : { field });
