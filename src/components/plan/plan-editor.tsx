"use client";
import { Trash2, Undo2 } from "lucide-react";
import { type KeyboardEvent, type PointerEvent, useRef, useState, useTransition } from "react";
import { useLeaveGuard } from "@/components/form/use-leave-guard";
import { Button } from "@/components/ui/button";
import { SelectField, TextField } from "@/components/ui/field";
import { Banner } from "@/components/ui/state";
import type { Shape } from "@/lib/regions/plan/schema";
import { centreOf, clamp, moved, type Point } from "./geometry";

export interface PlanTexts {
  drawing: string; add: string; shapes: string; none: string; undo: string; remove: string; save: string; saving: string; saved: string; leave: string; keys: string; corner: string; x: string; y: string; name: string; nameEn: string; choose: string;
  kind: Record<Shape["kind"], string>;
}
export interface PlanChoice { code: string; name: string }
export type PlanOutcome = { version: number } | { message: string };

interface PlanEditorProps {
  floor: { width: number; height: number; version: number; picture?: string; shapes: Shape[] };
  choices: Record<"zone" | "window" | "facility", readonly PlanChoice[]>;
  save: (shapes: Shape[], version: number) => Promise<PlanOutcome>;
  texts: PlanTexts;
}

const KINDS = ["zone", "window", "facility", "label"] as const;
const ARROWS: Record<string, Point> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
/** A new area stands in the middle, ready to be pulled. */
const NEW_AREA: Shape["points"] = [[400, 400], [600, 400], [600, 600], [400, 600]];

/** Draws zones, windows and facilities over the picture of a floor, by pointer or keyboard; nothing is kept before it is saved. */
export function PlanEditor({ floor, choices, save, texts }: PlanEditorProps) {
  const [shapes, setShapes] = useState<Shape[]>(floor.shapes);
  const [past, setPast] = useState<Shape[][]>([]);
  const [selected, setSelected] = useState<number>();
  const [version, setVersion] = useState(floor.version);
  const [note, setNote] = useState<{ tone: "good" | "bad"; text: string }>();
  const [pending, start] = useTransition();
  const dirty = useRef(false);
  const drag = useRef<{ index: number; corner?: number; from: Point; before: Shape[] }>(undefined);
  const svg = useRef<SVGSVGElement>(null);
  useLeaveGuard(dirty, texts.leave);

  const edit = (next: Shape[], before = shapes) => {
    dirty.current = true;
    setNote(undefined);
    setPast((known) => [...known.slice(-49), before]);
    setShapes(next);
  };
  const replace = (index: number, part: Partial<Shape>) => shapes.map((shape, at) => (at === index ? { ...shape, ...part } : shape));
  const undo = () => {
    const before = past.at(-1);
    if (!before) return;
    setPast(past.slice(0, -1));
    setShapes(before);
    setSelected(undefined);
  };
  const remove = (index: number) => {
    edit(shapes.filter((_, at) => at !== index));
    setSelected(undefined);
  };
  const add = (shape: Shape) => {
    edit([...shapes, shape]);
    setSelected(shapes.length);
  };
  const pointOf = (event: PointerEvent): Point => {
    const box = svg.current!.getBoundingClientRect();
    return [((event.clientX - box.left) / box.width) * 1000, ((event.clientY - box.top) / box.height) * 1000];
  };
  const grab = (event: PointerEvent, index: number, corner?: number) => {
    event.preventDefault();
    svg.current!.setPointerCapture(event.pointerId);
    setSelected(index);
    drag.current = { index, from: pointOf(event), before: shapes, ...(corner === undefined ? {} : { corner }) };
  };
  const pull = (event: PointerEvent) => {
    const held = drag.current;
    if (!held) return;
    const [x, y] = pointOf(event);
    const { points } = held.before[held.index]!;
    const next = held.corner === undefined ? moved(points, x - held.from[0], y - held.from[1]) : points.map((point, at): Point => (at === held.corner ? [clamp(x), clamp(y)] : point));
    setShapes(held.before.map((shape, at) => (at === held.index ? { ...shape, points: next as Shape["points"] } : shape)));
  };
  const drop = () => {
    const held = drag.current;
    drag.current = undefined;
    if (held && held.before[held.index] !== shapes[held.index]) edit(shapes, held.before);
  };
  const onKey = (event: KeyboardEvent, index: number) => {
    const arrow = ARROWS[event.key];
    if (event.key === "Delete" || event.key === "Backspace") remove(index);
    else if (arrow) edit(replace(index, { points: moved(shapes[index]!.points, arrow[0] * (event.shiftKey ? 20 : 5), arrow[1] * (event.shiftKey ? 20 : 5)) as Shape["points"] }));
    else return;
    event.preventDefault();
  };
  const keep = () => start(async () => {
    const outcome = await save(shapes, version);
    if ("message" in outcome) return setNote({ tone: "bad", text: outcome.message });
    dirty.current = false;
    setVersion(outcome.version);
    setNote({ tone: "good", text: texts.saved });
  });
  const nameOf = (shape: Shape) => shape.name || (shape.kind === "label" ? "" : (choices[shape.kind].find((choice) => choice.code === shape.code)?.name ?? shape.code));
  const current = selected === undefined ? undefined : shapes[selected];
  const scale = (point: Point): Point => [(point[0] / 1000) * floor.width, (point[1] / 1000) * floor.height];
  const unit = Math.min(floor.width, floor.height) / 100;
  return (
    <div className="grid gap-4 xl:grid-cols-[1fr_22rem]">
      <div className="flex flex-col gap-2">
        {note ? <Banner tone={note.tone}>{note.text}</Banner> : null}
        <svg ref={svg} viewBox={`0 0 ${floor.width} ${floor.height}`} role="group" aria-label={texts.drawing} onPointerMove={pull} onPointerUp={drop} onPointerCancel={drop} className="h-auto w-full touch-none rounded-base border border-line-strong bg-surface select-none">
          {floor.picture ? <image href={floor.picture} width={floor.width} height={floor.height} preserveAspectRatio="none" /> : null}
          {shapes.map((shape, index) => {
            const [x, y] = scale(centreOf(shape.points));
            const chosen = index === selected;
            const look = `cursor-move ${chosen ? "fill-warn-soft stroke-warn" : shape.kind === "zone" ? "fill-brand-soft stroke-brand" : "fill-surface stroke-line-strong"}`;
            return (
              <g key={index} role="button" tabIndex={0} aria-pressed={chosen} aria-label={`${texts.kind[shape.kind]} ${nameOf(shape)}`} onFocus={() => setSelected(index)} onKeyDown={(event) => onKey(event, index)} onPointerDown={(event) => grab(event, index)}>
                {shape.kind === "zone" ? <polygon points={shape.points.map((point) => scale(point).join(",")).join(" ")} fillOpacity={0.7} strokeWidth={unit / 3} className={look} /> : <rect x={x - unit * 4} y={y - unit * 2.4} width={unit * 8} height={unit * 4.8} rx={unit / 2} strokeWidth={unit / 4} className={look} />}
                <text x={x} y={y + unit} textAnchor="middle" fontSize={unit * 2.4} className="pointer-events-none fill-ink">{shape.kind === "window" ? shape.code : nameOf(shape)}</text>
              </g>
            );
          })}
          {current?.kind === "zone" ? current.points.map((point, corner) => {
            const [x, y] = scale(point);
            return <circle key={corner} cx={x} cy={y} r={unit * 1.4} aria-hidden className="cursor-crosshair fill-surface stroke-warn" strokeWidth={unit / 2} onPointerDown={(event) => grab(event, selected!, corner)} />;
          }) : null}
        </svg>
        <p className="text-sm text-ink-soft">{texts.keys}</p>
      </div>
      <div className="flex flex-col gap-4">
        <div className="flex flex-wrap gap-2">
          <Button look="primary" onClick={keep} disabled={pending}>{pending ? texts.saving : texts.save}</Button>
          <Button onClick={undo} disabled={past.length === 0}><Undo2 aria-hidden className="size-4" />{texts.undo}</Button>
        </div>
        <AddShape choices={choices} shapes={shapes} texts={texts} onAdd={add} />
        {current ? (
          <fieldset className="flex flex-col gap-3 rounded-base border border-line bg-surface p-4">
            <legend className="px-1 font-semibold">{texts.kind[current.kind]} {nameOf(current)}</legend>
            {current.kind === "label" || current.kind === "facility" ? (
              <>
                <TextField id="shape-name" label={texts.name} value={current.name} maxLength={60} onChange={(event) => edit(replace(selected!, { name: event.target.value }))} />
                <TextField id="shape-name-en" label={texts.nameEn} value={current.nameEn} maxLength={80} onChange={(event) => edit(replace(selected!, { nameEn: event.target.value }))} />
              </>
            ) : null}
            {current.points.map((point, corner) => (
              <div key={corner} className="flex items-end gap-2">
                {(["x", "y"] as const).map((axis, at) => (
                  <TextField key={axis} id={`corner-${corner}-${axis}`} type="number" min={0} max={1000} label={current.points.length > 1 ? `${texts.corner.replace("#", String(corner + 1))} ${texts[axis]}` : texts[axis]} value={point[at]}
                    onChange={(event) => edit(replace(selected!, { points: current.points.map((other, other_at) => (other_at === corner ? (at === 0 ? [clamp(Number(event.target.value)), other[1]] : [other[0], clamp(Number(event.target.value))]) : other)) as Shape["points"] }))} />
                ))}
              </div>
            ))}
            <Button look="danger" size="small" onClick={() => remove(selected!)}><Trash2 aria-hidden className="size-4" />{texts.remove}</Button>
          </fieldset>
        ) : null}
      </div>
    </div>
  );
}

interface AddShapeProps {
  choices: PlanEditorProps["choices"];
  shapes: readonly Shape[];
  texts: PlanTexts;
  onAdd: (shape: Shape) => void;
}

/** What is not on the plan yet, by kind; facilities and labels may stand several times. */
function AddShape({ choices, shapes, texts, onAdd }: AddShapeProps) {
  const [kind, setKind] = useState<Shape["kind"]>("zone");
  const [code, setCode] = useState("");
  const placed = new Set(shapes.filter((shape) => shape.kind === kind && kind !== "facility").map((shape) => shape.code));
  const free = kind === "label" ? [] : choices[kind].filter((choice) => !placed.has(choice.code));
  const wanted = free.some((choice) => choice.code === code) ? code : (free[0]?.code ?? "");
  const add = () => onAdd({ kind, code: kind === "label" ? "" : wanted, name: kind === "label" ? texts.kind.label : "", nameEn: "", points: kind === "zone" ? NEW_AREA : [[500, 500]] });
  return (
    <fieldset className="flex flex-col gap-3 rounded-base border border-line bg-surface p-4">
      <legend className="px-1 font-semibold">{texts.add}</legend>
      <SelectField id="shape-kind" label={texts.shapes} value={kind} onChange={(event) => setKind(event.target.value as Shape["kind"])}>{KINDS.map((each) => <option key={each} value={each}>{texts.kind[each]}</option>)}</SelectField>
      {kind === "label" ? null : free.length === 0 ? <p className="text-ink-soft">{texts.none}</p> : (
        <SelectField id="shape-code" label={texts.choose} value={wanted} onChange={(event) => setCode(event.target.value)}>{free.map((choice) => <option key={choice.code} value={choice.code}>{choice.code} {choice.name}</option>)}</SelectField>
      )}
      <Button onClick={add} disabled={kind !== "label" && wanted === ""}>{texts.add}</Button>
    </fieldset>
  );
}
