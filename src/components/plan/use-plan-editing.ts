"use client";
import { type KeyboardEvent, type PointerEvent, useRef, useState } from "react";
import type { Shape } from "@/lib/regions/plan/schema";
import { clamp, moved, type Point } from "./geometry";

const ARROWS: Record<string, Point> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const STEPS_KEPT = 50;

export interface PlanEditing {
  shapes: readonly Shape[];
  selected: number | undefined;
  canUndo: boolean;
  select(index: number): void;
  add(shape: Shape): void;
  change(index: number, part: Partial<Shape>): void;
  remove(index: number): void;
  undo(): void;
  /** For the drawing: `at` turns an event into thousandths. */
  grab(event: PointerEvent, at: Point, index: number, corner?: number): void;
  pull(at: Point): void;
  drop(): void;
  onKey(event: KeyboardEvent, index: number): void;
}

/** The shapes of a plan while they are edited, with every step to take back. */
export function usePlanEditing(first: readonly Shape[], onEdit: () => void): PlanEditing {
  const [shapes, setShapes] = useState<readonly Shape[]>(first);
  const [past, setPast] = useState<readonly (readonly Shape[])[]>([]);
  const [selected, setSelected] = useState<number>();
  const held = useRef<{ index: number; corner?: number; from: Point; before: readonly Shape[] }>(undefined);

  const edit = (next: readonly Shape[], before = shapes) => {
    onEdit();
    setPast((known) => [...known.slice(1 - STEPS_KEPT), before]);
    setShapes(next);
  };
  const change = (index: number, part: Partial<Shape>) => edit(shapes.map((shape, at) => (at === index ? { ...shape, ...part } : shape)));
  const remove = (index: number) => {
    edit(shapes.filter((_, at) => at !== index));
    setSelected(undefined);
  };
  return {
    shapes, selected, canUndo: past.length > 0, select: setSelected, change, remove,
    add(shape) {
      edit([...shapes, shape]);
      setSelected(shapes.length);
    },
    undo() {
      const before = past.at(-1);
      if (!before) return;
      setPast(past.slice(0, -1));
      setShapes(before);
      setSelected(undefined);
    },
    grab(event, at, index, corner) {
      event.preventDefault();
      setSelected(index);
      held.current = { index, from: at, before: shapes, ...(corner === undefined ? {} : { corner }) };
    },
    pull([x, y]) {
      const grip = held.current;
      if (!grip) return;
      const { points } = grip.before[grip.index]!;
      const next = grip.corner === undefined ? moved(points, x - grip.from[0], y - grip.from[1]) : points.map((point, at): Point => (at === grip.corner ? [clamp(x), clamp(y)] : point));
      setShapes(grip.before.map((shape, at) => (at === grip.index ? { ...shape, points: next as Shape["points"] } : shape)));
    },
    drop() {
      const grip = held.current;
      held.current = undefined;
      if (grip && grip.before[grip.index] !== shapes[grip.index]) edit(shapes, grip.before);
    },
    onKey(event, index) {
      const arrow = ARROWS[event.key];
      if (event.key === "Delete" || event.key === "Backspace") remove(index);
      else if (arrow) change(index, { points: moved(shapes[index]!.points, arrow[0] * (event.shiftKey ? 20 : 5), arrow[1] * (event.shiftKey ? 20 : 5)) as Shape["points"] });
      else return;
      event.preventDefault();
    },
  };
}
