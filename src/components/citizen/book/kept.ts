/** Where a tab keeps what was typed until it is booked. */
export const KEPT = "yiting-who";
