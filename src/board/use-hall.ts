/** Joins feed, announcer and loudspeaker of one hall or zone into what the board draws. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Locale } from "@/lib/i18n/locale";
import type { Board } from "@/lib/queue/board/schema";
import { type Announcement, createAnnouncer } from "./announcer";
import { openFeed } from "./feed";
import { reloadIfUpdated, reloadSoon } from "./guard";
import { followHallInfo, type HallInfo } from "./hall-info";
import type { Call } from "./record";
import { type Loudspeaker, openLoudspeaker } from "./sound";
import { announceChinese } from "./spoken";
import { ofZone } from "./view";

declare global {
  interface Window {
    /** The last announcements whose turn came, for tests and for whoever stands before a silent board. */
    __spoken?: string[];
  }
}

export interface BoardPlace {
  hall: string;
  zone?: string;
  token?: string;
  /** Known already from the device record; the server's hall record replaces it. */
  names?: { name: string; nameEn: string };
  /** undefined: as the zone says. */
  voice?: boolean;
  /** Tells the heartbeat how far the board is. */
  onSeq?: (seq: number) => void;
}

export interface HallView {
  /** Already cut to the zone; absent until the first snapshot. */
  board?: Board;
  info?: HallInfo;
  missing: boolean;
  /** Screen time since which nothing is known. */
  staleSince?: number;
  soundBlocked: boolean;
  /** `seq` of the last call that was announced, or needed no announcement. */
  announced: number;
  /** Server time minus this screen's time, milliseconds. */
  offset: number;
  /** Screen time at which a call appeared, by `seq`; 0 for those that were there at the start. */
  seenAt: ReadonlyMap<number, number>;
}

const toAnnouncement = (call: Call): Announcement => ({ seq: call.seq, number: call.number, window: call.window, at: Date.parse(call.at) || 0 });

function noteSpoken(words: string): void {
  window.__spoken = [...(window.__spoken ?? []), words].slice(-100);
}

const speaks = (place: BoardPlace, board: Board): boolean => place.voice ?? board.zones.find((zone) => zone.code === place.zone)?.voice === "speak";

/** Only calls that are still on the board are remembered, so the map stays small for weeks. */
function seenNow(before: ReadonlyMap<number, number>, calls: readonly Call[], first: boolean): ReadonlyMap<number, number> {
  return new Map(calls.map(({ seq }) => [seq, before.get(seq) ?? (first ? 0 : Date.now())]));
}

/** One loudspeaker for the life of the page; a silent board never opens it. */
function useLoudspeaker(onBlocked: (blocked: boolean) => void): () => Loudspeaker {
  const speaker = useRef<Loudspeaker>(undefined);
  useEffect(() => {
    const allow = () => speaker.current?.allow();
    addEventListener("pointerdown", allow);
    addEventListener("keydown", allow);
    return () => {
      removeEventListener("pointerdown", allow);
      removeEventListener("keydown", allow);
    };
  }, []);
  return () => (speaker.current ??= openLoudspeaker(onBlocked));
}

const START: HallView = { missing: false, soundBlocked: false, announced: -1, offset: 0, seenAt: new Map() };

export function useHall(place: BoardPlace, locale: Locale): HallView {
  const [view, setView] = useState<HallView>(START);
  const change = (part: Partial<HallView>) => setView((before) => ({ ...before, ...part }));
  const loudspeaker = useLoudspeaker((soundBlocked) => change({ soundBlocked }));
  // Zone and voice may change while the board runs; the feed does not start again for that.
  const current = useRef(place);
  current.current = place;

  useEffect(() => followHallInfo(place.hall, (info) => change({ info })), [place.hall]);
  useEffect(() => {
    setView((before) => ({ ...START, info: before.info, soundBlocked: before.soundBlocked }));
    let talks = false;
    const announcer = createAnnouncer({
      now: Date.now,
      async say(call, hurry) {
        noteSpoken(announceChinese(call.number, call.window));
        await loudspeaker().announce(call.number, call.window, { english: locale === "en", hurry });
      },
    });
    const feed = openFeed({
      hall: place.hall,
      token: place.token,
      onBoard(whole, { first, silentBefore }) {
        const { zone, onSeq } = current.current;
        const board = ofZone(whole, zone);
        talks = speaks(current.current, whole);
        if (talks) loudspeaker();
        if (first) announcer.skipTo(board.seq);
        announcer.offer(board.calls.map(toAnnouncement), (call) => !talks || call.at < silentBefore);
        const offset = Date.parse(board.at) - Date.now();
        setView((before) => ({
          ...before,
          board,
          missing: false,
          announced: announcer.last,
          offset: Number.isFinite(offset) && board.at !== before.board?.at ? offset : before.offset,
          seenAt: seenNow(before.seenAt, board.calls, first),
        }));
        onSeq?.(board.seq);
      },
      onLive(live, since) {
        change({ staleSince: live ? undefined : since });
        // A restart of the server is when an update comes; not all boards of a hall ask at once.
        if (live) setTimeout(() => void reloadIfUpdated(), Math.random() * 20_000);
      },
      onRewound: reloadSoon,
      onMissing: () => setView((before) => ({ ...before, missing: before.board === undefined })),
    });
    return () => feed.stop();
  }, [place.hall, place.token, locale]);

  return view;
}
