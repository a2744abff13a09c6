import { Accessibility, Baby, Banknote, Bath, Car, ChevronsUp, Copy, DoorOpen, HeartPulse, type LucideIcon, MapPin, MessageCircleQuestion, Monitor, Printer, Ticket, Waves } from "lucide-react";
import { clsx } from "clsx";
import { localName, type Locale } from "@/lib/i18n/locale";
import type { HallPlan } from "@/lib/regions/plan/schema";
import { centreOf, type Point, topOf } from "./geometry";

type Floor = HallPlan["floors"][number];

/** Pictures of the facilities that everybody looks for; others get a pin. */
const ICONS: Record<string, LucideIcon> = {
  entrance: DoorOpen, lift: ChevronsUp, toilet: Bath, accessible_toilet: Accessibility, kiosk: Ticket, self_service: Monitor, copy: Copy, water: Waves, mother_baby: Baby, first_aid: HeartPulse, guide: MessageCircleQuestion, atm: Banknote, parking: Car, stairs: ChevronsUp, printer: Printer,
};

interface PlanViewProps {
  floor: Floor;
  locale: Locale;
  /** Names of facilities by their code. */
  facilities: Readonly<Record<string, string>>;
  label: string;
  /** Windows that are open now; without it all look the same. */
  open?: ReadonlySet<string>;
  /** Windows to point out. */
  marked?: ReadonlySet<string>;
}

/** A floor as a drawing: zones, windows and facilities over the picture. What it shows stands in the list beside it as well. */
export function PlanView({ floor, locale, facilities, label, open, marked }: PlanViewProps) {
  const { width, height } = floor;
  const unit = Math.min(width, height) / 100;
  const at = ([x, y]: Point): Point => [(x / 1000) * width, (y / 1000) * height];
  const zones = floor.shapes.filter((shape) => shape.kind === "zone");
  return (
    <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label} className="h-auto w-full rounded-base border border-line bg-surface">
      {floor.picture ? <image href={floor.picture} width={width} height={height} preserveAspectRatio="none" /> : null}
      {zones.map((zone) => {
        const [x, y] = topOf(zone.points.map(at));
        return (
          <g key={zone.code}>
            <polygon points={zone.points.map((point) => at(point).join(",")).join(" ")} className="fill-brand-soft stroke-brand" fillOpacity={floor.picture ? 0.6 : 1} strokeWidth={unit / 4} />
            <text x={x} y={y + unit * 4.5} textAnchor="middle" fontSize={unit * 3.2} className="fill-brand-strong font-semibold">{localName(locale, zone)}</text>
          </g>
        );
      })}
      {floor.shapes.map((shape, index) => {
        if (shape.kind === "zone") return null;
        const [x, y] = at(centreOf(shape.points));
        if (shape.kind === "window") return <WindowMark key={shape.code} code={shape.code} x={x} y={y} unit={unit} open={open?.has(shape.code)} marked={marked?.has(shape.code) ?? false} />;
        const name = localName(locale, shape) || (facilities[shape.code] ?? "");
        const Icon = ICONS[shape.code] ?? MapPin;
        return (
          <g key={index}>
            {shape.kind === "facility" ? <Icon aria-hidden x={x - unit * 2} y={y - unit * 2.4} width={unit * 4} height={unit * 4} className="text-ink" /> : null}
            <text x={x} y={y + unit * 4} textAnchor="middle" fontSize={unit * 2} className="fill-ink">{name}</text>
          </g>
        );
      })}
    </svg>
  );
}

function WindowMark({ code, x, y, unit, open, marked }: { code: string; x: number; y: number; unit: number; open: boolean | undefined; marked: boolean }) {
  const wide = unit * 7;
  const high = unit * 4.4;
  return (
    <g>
      <rect x={x - wide / 2} y={y - high / 2} width={wide} height={high} rx={unit / 2} strokeWidth={unit / (marked ? 2 : 5)} strokeDasharray={open === false ? `${unit} ${unit / 2}` : undefined}
        className={clsx(marked ? "fill-warn-soft stroke-warn" : open === true ? "fill-good-soft stroke-good" : "fill-surface stroke-line-strong")} />
      <text x={x} y={y + unit * 0.9} textAnchor="middle" fontSize={unit * 2.4} className="fill-ink font-semibold tabular-nums">{code}</text>
    </g>
  );
}
