/** What the kiosk says about lines: pure look-ups in hall and board. */
import type { Item } from "@/lib/catalog/schema";
import type { Board } from "@/lib/queue/board/schema";
import type { HallDetail } from "@/lib/regions/schema";
import type { Choice } from "./flow";
import type { HallData } from "./use-hall-data";

export const choiceOf = (hall: HallDetail, item: Item): Choice => ({
  item,
  line: hall.lines.find((line) => line.code === item.line) ?? { code: item.line, name: item.lineName, nameEn: item.lineNameEn },
});

export const boardLine = (data: HallData, code: string): Board["lines"][number] | undefined => data.board?.lines.find((line) => line.code === code);

/** People waiting in all lines of a field; undefined while the board is not known. */
export const waitingInField = (data: HallData, field: string): number | undefined =>
  data.board?.lines.filter((line) => line.field === field).reduce((sum, line) => sum + line.waiting, 0);

/** Where a line waits. */
export function zoneOf(hall: HallDetail, line: string): HallDetail["zones"][number] | undefined {
  const code = hall.lines.find((known) => known.code === line)?.zone;
  return hall.zones.find((zone) => zone.code === code);
}
