import { listScores, type ScoreRow } from "@/lib/queue/estimate/score/data-admin";
import { hallList, type Register } from "../register";

/** Told waits against actual ones, by hall, day, hour, line and item: to sort, to filter and to take away. */
export const waitScores: Register = {
  title: (row) => String(row.code),
  ...hallList<ScoreRow>({
    key: "wait-scores",
    attributes: [
      { key: "level", kind: "choice", label: "scoreLevel", list: true, filter: true, choices: { values: ["hall", "day", "hour", "line", "item"] } },
      { key: "key", kind: "text", label: "scoreKey", list: true },
      { key: "name", kind: "text", list: true },
      { key: "nameEn", kind: "text" },
      { key: "n", kind: "number", label: "scoreTickets", list: true },
      { key: "meanWait", kind: "number", label: "scoreMeanWait", list: true },
      { key: "mae", kind: "number", label: "scoreMae", list: true },
      { key: "bias", kind: "number", label: "scoreBias", list: true },
      { key: "pinball50", kind: "number", label: "scorePinball50" },
      { key: "pinball90", kind: "number", label: "scorePinball90", list: true },
      { key: "coverage80", kind: "number", label: "scoreCoverage", list: true },
      { key: "below90", kind: "number", label: "scoreBelow", list: true },
      { key: "factor", kind: "number", label: "scoreFactor", list: true },
    ],
    read: listScores,
  }),
};
