"use client";
import { clsx } from "clsx";
import { type PointerEvent, useRef } from "react";
import type { Shape } from "@/lib/regions/plan/schema";
import { centreOf, type Point, topOf } from "./geometry";
import type { PlanEditing } from "./use-plan-editing";

interface PlanCanvasProps {
  size: { width: number; height: number };
  picture?: string | undefined;
  editing: PlanEditing;
  nameOf: (shape: Shape) => string;
  kinds: Record<Shape["kind"], string>;
  label: string;
}

/** The drawing: each shape is a button that can be dragged, or moved with the arrow keys. */
export function PlanCanvas({ size: { width, height }, picture, editing, nameOf, kinds, label }: PlanCanvasProps) {
  const svg = useRef<SVGSVGElement>(null);
  const unit = Math.min(width, height) / 100;
  const scale = (point: Point): Point => [(point[0] / 1000) * width, (point[1] / 1000) * height];
  const pointOf = (event: PointerEvent): Point => {
    const box = svg.current!.getBoundingClientRect();
    return [((event.clientX - box.left) / box.width) * 1000, ((event.clientY - box.top) / box.height) * 1000];
  };
  const grab = (event: PointerEvent, index: number, corner?: number) => {
    svg.current!.setPointerCapture(event.pointerId);
    editing.grab(event, pointOf(event), index, corner);
  };
  const area = editing.selected === undefined ? undefined : editing.shapes[editing.selected];
  return (
    <svg ref={svg} viewBox={`0 0 ${width} ${height}`} role="group" aria-label={label} onPointerMove={(event) => editing.pull(pointOf(event))} onPointerUp={editing.drop} onPointerCancel={editing.drop} className="h-auto w-full touch-none rounded-base border border-line-strong bg-surface select-none">
      {picture ? <image href={picture} width={width} height={height} preserveAspectRatio="none" /> : null}
      {editing.shapes.map((shape, index) => {
        const [x, y] = scale(shape.kind === "zone" ? topOf(shape.points) : centreOf(shape.points));
        const look = clsx("cursor-move", index === editing.selected ? "fill-warn-soft stroke-warn" : shape.kind === "zone" ? "fill-brand-soft stroke-brand" : "fill-surface stroke-line-strong");
        return (
          <g key={index} role="button" tabIndex={0} aria-pressed={index === editing.selected} aria-label={`${kinds[shape.kind]} ${nameOf(shape)}`} onFocus={() => editing.select(index)} onKeyDown={(event) => editing.onKey(event, index)} onPointerDown={(event) => grab(event, index)}>
            {shape.kind === "zone" ? <polygon points={shape.points.map((point) => scale(point).join(",")).join(" ")} fillOpacity={0.7} strokeWidth={unit / 3} className={look} /> : <rect x={x - unit * 4} y={y - unit * 2.4} width={unit * 8} height={unit * 4.8} rx={unit / 2} strokeWidth={unit / 4} className={look} />}
            <text x={x} y={y + (shape.kind === "zone" ? unit * 4 : unit)} textAnchor="middle" fontSize={unit * (shape.kind === "zone" ? 3 : 2.4)} className="pointer-events-none fill-ink">{shape.kind === "window" ? shape.code : nameOf(shape)}</text>
          </g>
        );
      })}
      {area?.kind === "zone" ? area.points.map((point, corner) => {
        const [x, y] = scale(point);
        return <circle key={corner} cx={x} cy={y} r={unit * 1.4} aria-hidden className="cursor-crosshair fill-surface stroke-warn" strokeWidth={unit / 2} onPointerDown={(event) => grab(event, editing.selected!, corner)} />;
      }) : null}
    </svg>
  );
}
