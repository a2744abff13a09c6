/** The plan of the hall on a wall screen: where the windows are, which are open, where the latest call leads. */
import { useEffect, useState } from "preact/hooks";
import type { Locale } from "@/lib/i18n/locale";
import type { Board } from "@/lib/queue/board/schema";
import type { HallPlan } from "@/lib/regions/plan/schema";
import { Both } from "./both";
import { text } from "./texts";

type Floor = HallPlan["floors"][number];

const HOUR = 3_600_000;
const RETRY = 10_000;

/** The plan, asked again every hour and after a failure; undefined until it is there. */
function useFloors(hall: string): Floor[] | undefined {
  const [floors, setFloors] = useState<Floor[]>();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let stopped = false;
    const load = async (): Promise<void> => {
      const answer = await fetch(`/api/v1/halls/${encodeURIComponent(hall)}/plan`, { cache: "no-store", signal: AbortSignal.timeout(8_000) }).catch(() => undefined);
      const plan = answer?.ok ? ((await answer.json().catch(() => undefined)) as HallPlan | undefined) : undefined;
      if (stopped) return;
      if (Array.isArray(plan?.floors)) setFloors(plan.floors);
      timer = setTimeout(() => void load(), plan ? HOUR : RETRY);
    };
    void load();
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [hall]);
  return floors;
}

interface PlanProps {
  hall: string;
  board: Board;
  locale: Locale;
  /** Window of the newest call: its floor is shown while it is new. */
  newest: string | undefined;
  flash: boolean;
  turn: number;
}

/** One floor at a time: that of the newest call, else one after the other. */
export function Plan({ hall, board, locale, newest, flash, turn }: PlanProps) {
  const floors = useFloors(hall);
  if (!floors) return <section class="plan"><h2><Both locale={locale} k="plan" /></h2></section>;
  const called = flash ? floors.find((floor) => floor.shapes.some((shape) => shape.kind === "window" && shape.code === newest)) : undefined;
  const floor = called ?? floors[turn % Math.max(1, floors.length)];
  const states = new Map(board.windows.map((window) => [window.code, window.state]));
  return (
    <section class="plan" aria-labelledby="plan-title">
      <h2 id="plan-title"><Both locale={locale} k="plan" />{floor ? <span class="page">{text(locale, "floor", { floor: floor.floor })}</span> : null}</h2>
      {floor ? <Drawing floor={floor} locale={locale} states={states} newest={newest} /> : <p class="hint"><Both locale={locale} k="noPlan" /></p>}
    </section>
  );
}

function Drawing({ floor, locale, states, newest }: { floor: Floor; locale: Locale; states: ReadonlyMap<string, string>; newest: string | undefined }) {
  const { width, height } = floor;
  const unit = Math.min(width, height) / 100;
  const at = ([x, y]: readonly [number, number]) => [(x / 1000) * width, (y / 1000) * height] as const;
  return (
    <svg viewBox={`0 0 ${width} ${height}`} class="drawing" role="img" aria-label={text(locale, "floor", { floor: floor.floor })}>
      {floor.picture ? <image href={floor.picture} width={width} height={height} preserveAspectRatio="none" opacity={0.25} /> : null}
      {floor.shapes.filter((shape) => shape.kind === "zone").map((zone) => {
        const corners = zone.points.map(at);
        const middle = corners.reduce((sum, corner) => sum + corner[0], 0) / corners.length;
        return (
          <g key={zone.code} class="zone">
            <polygon points={corners.map((corner) => corner.join(",")).join(" ")} stroke-width={unit / 4} />
            <text x={middle} y={Math.min(...corners.map((corner) => corner[1])) + unit * 5} text-anchor="middle" font-size={unit * 3.4}>{locale === "en" ? zone.nameEn : zone.name}</text>
          </g>
        );
      })}
      {floor.shapes.filter((shape) => shape.kind === "window").map((window) => {
        const [x, y] = at(window.points[0]!);
        return (
          <g key={window.code} class={`mark ${states.get(window.code) ?? "closed"}${window.code === newest ? " newest" : ""}`} data-plan-window={window.code}>
            <rect x={x - unit * 3.8} y={y - unit * 2.6} width={unit * 7.6} height={unit * 5.2} rx={unit / 2} stroke-width={unit / 3} />
            <text x={x} y={y + unit * 1.1} text-anchor="middle" font-size={unit * 3}>{window.code}</text>
          </g>
        );
      })}
    </svg>
  );
}
