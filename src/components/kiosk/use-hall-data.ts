"use client";
import { useEffect, useState } from "react";
import { api, NO_ANSWER } from "@/components/api-client";
import type { Item } from "@/lib/catalog/schema";
import type { Board } from "@/lib/queue/board/schema";
import type { HallDetail } from "@/lib/regions/schema";

export interface HallData {
  hall?: HallDetail;
  /** Waiting and estimate per line, at most 15 s old while `online`. */
  board?: Board;
  popular: Item[];
  /** false when the server did not answer the last question. */
  online: boolean;
}

const POLL = 15_000;
const RETRY = 3_000;
/** Hall and popular items change rarely: asked again with every 40th look at the board, ten minutes. */
const HALL_EVERY = 40;

/** One of each field in turn: the first screen shows six, and they should not all be about houses. */
function mixed(items: readonly Item[]): Item[] {
  const turn = new Map<string, number>();
  const ranked = items.map((item) => {
    const place = turn.get(item.field) ?? 0;
    turn.set(item.field, place + 1);
    return { item, place };
  });
  return ranked.sort((a, b) => a.place - b.place).map(({ item }) => item);
}

/** What the kiosk knows of its hall; lives longer than one visitor. */
export function useHallData(code: string): HallData {
  const [data, setData] = useState<HallData>({ popular: [], online: true });
  useEffect(() => {
    let stopped = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let looks = 0;
    const path = `/halls/${encodeURIComponent(code)}`;

    const look = async (): Promise<void> => {
      const due = looks % HALL_EVERY === 0;
      const [board, hall, popular] = await Promise.all([
        api<Board>(`${path}/board`, { tries: 1 }),
        due ? api<HallDetail>(path, { tries: 1 }) : undefined,
        due ? api<{ items: Item[] }>(`${path}/items?popular=1&limit=60`, { tries: 1 }) : undefined,
      ]);
      if (stopped) return;
      const complete = board.ok && (!due || (hall?.ok && popular?.ok));
      if (complete) looks++;
      setData((before) => ({
        hall: hall?.ok ? hall.value : before.hall,
        board: board.ok ? board.value : before.board,
        popular: popular?.ok ? mixed(popular.value.items) : before.popular,
        online: board.ok || (board.problem.code !== NO_ANSWER && board.problem.status < 500),
      }));
      timer = setTimeout(() => void look(), complete ? POLL : RETRY);
    };
    void look();
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [code]);
  return data;
}
