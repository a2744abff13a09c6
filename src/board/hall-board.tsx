/** The board of one hall or zone as it is seen on the wall. */
import { useEffect, useMemo, useState } from "preact/hooks";
import type { Locale } from "@/lib/i18n/locale";
import { Calls } from "./calls";
import { Foot } from "./foot";
import { Header } from "./header";
import { Lines } from "./lines";
import { Plan } from "./plan";
import { Safe } from "./safe";
import { type BoardPlace, useHall } from "./use-hall";
import { inService, shownCalls } from "./view";
import { Message } from "./waiting-room";
import { Windows } from "./windows";

/** Pages of long lists and notices change together, this often. */
const TURN = 12_000;
/** The newest call flashes this long. */
const FRESH = 10_000;
/** What fits, so that a call can be read at 8 m on a 55-inch screen. */
const SIZES = { landscape: { calls: 6, lines: 7, windows: 14 }, portrait: { calls: 8, lines: 8, windows: 16 } } as const;

function useTick(): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

function useOrientation(): keyof typeof SIZES {
  const query = useMemo(() => matchMedia("(orientation: portrait)"), []);
  const [portrait, setPortrait] = useState(query.matches);
  useEffect(() => {
    const change = () => setPortrait(query.matches);
    query.addEventListener("change", change);
    return () => query.removeEventListener("change", change);
  }, [query]);
  return portrait ? "portrait" : "landscape";
}

const clockAt = (time: number, timeZone: string): string => new Intl.DateTimeFormat("zh-CN", { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(time);

export function HallBoard({ place, locale, plan }: { place: BoardPlace; locale: Locale; plan: boolean }) {
  const { board, info, missing, staleSince, soundBlocked, announced, offset, seenAt } = useHall(place, locale);
  const now = useTick();
  const sizes = SIZES[useOrientation()];
  if (missing) return <Message locale={locale} k="noHall" hint="noHallHint" values={{ hall: place.hall }} />;
  if (!board) return <Message locale={locale} k="connecting" hint="connectingHint" />;

  const hall = info ?? { name: place.names?.name ?? "", nameEn: place.names?.nameEn ?? "", timeZone: "Asia/Shanghai" };
  const turn = Math.floor(now / TURN);
  const calls = shownCalls(board, sizes.calls);
  const newest = calls[0];
  const flash = newest !== undefined && now - (seenAt.get(newest.seq) ?? 0) < FRESH;
  const stale = staleSince === undefined ? undefined : clockAt(staleSince + offset, hall.timeZone);
  return (
    <div class={plan ? "board with-plan" : "board"}>
      <Safe><Header locale={locale} hall={hall} zone={board.zones.find((zone) => zone.code === place.zone)} now={now + offset} /></Safe>
      <main data-seq={board.seq} data-announced={announced} data-live={stale === undefined}>
        <Safe><Calls calls={calls} locale={locale} flash={flash} /></Safe>
        {plan ? <Safe><Plan hall={place.hall} board={board} locale={locale} newest={newest?.window} flash={flash} turn={turn} /></Safe> : null}
        {plan ? null : <Safe><Lines lines={board.lines} locale={locale} size={sizes.lines} turn={turn} /></Safe>}
        {plan ? null : <Safe><Windows windows={inService(board)} locale={locale} size={sizes.windows} turn={turn} /></Safe>}
      </main>
      <Safe><Foot locale={locale} notices={board.notices} stale={stale} turn={turn} soundBlocked={soundBlocked} /></Safe>
    </div>
  );
}
