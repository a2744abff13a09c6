import { describe, expect, it } from "vitest";
import { adviseNow, type LineNow, type WindowNow } from "@/lib/planner/model";

const LIMITS = { longWait: 20, idle: 15 };

describe("[JY-6.3c] advice for now", () => {
  const window = (code: string, state: WindowNow["state"], own: string[], minutes = 1): WindowNow => ({ code, state, own, helping: [], minutes });
  const line = (code: string, waiting: number, p90?: number): LineNow => ({ code, waiting, p90 });

  it("opens a closed window of the line first, else moves a free one, the longest wait first", () => {
    expect(adviseNow([line("S", 12, 35), line("A", 0, 2)], [window("S1", "serving", ["S"]), window("S2", "closed", ["S"]), window("A1", "open", ["A"])], LIMITS)).toEqual([{ kind: "open", window: "S2", line: "S", waiting: 12, p90: 35 }]);
    expect(adviseNow([line("S", 12, 35), line("B", 9, 50), line("A", 0, 2)], [window("S1", "serving", ["S"]), window("A1", "open", ["A"])], LIMITS)).toEqual([{ kind: "move", window: "A1", line: "B", waiting: 9, p90: 50 }]);
  });

  it("helps a line that nobody serves, and takes no window from people who wait", () => {
    expect(adviseNow([line("X", 2)], [window("A1", "open", ["A"])], LIMITS)).toEqual([{ kind: "move", window: "A1", line: "X", waiting: 2 }]);
    expect(adviseNow([line("X", 2), line("A", 1, 3)], [window("A1", "open", ["A"])], LIMITS)).toEqual([]);
  });

  it("closes what has been idle for long, but never the last window of a line, and nothing while somebody waits too long", () => {
    const idle = [window("A1", "open", ["A"], 30), window("A2", "open", ["A"], 40), window("B1", "open", ["B"], 60)];
    expect(adviseNow([line("A", 0, 1), line("B", 0, 1)], idle, LIMITS)).toEqual([{ kind: "close", window: "A1", idleMinutes: 30 }]);
    expect(adviseNow([line("A", 0, 1), line("S", 5, 30)], [...idle, window("S1", "serving", ["S"])], LIMITS).map((advice) => advice.kind)).toEqual(["move"]);
  });
});
