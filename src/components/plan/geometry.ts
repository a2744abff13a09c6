/** Positions on a plan: thousandths of its width and height. Pure. */
export type Point = readonly [number, number];

export const clamp = (value: number): number => Math.min(1000, Math.max(0, Math.round(value)));

/** Middle of an area or the point itself. */
export function centreOf(points: readonly Point[]): Point {
  const sum = points.reduce<[number, number]>(([x, y], point) => [x + point[0], y + point[1]], [0, 0]);
  return [sum[0] / points.length, sum[1] / points.length];
}

/** Moves all corners by the same step, as far as the plan reaches. */
export function moved(points: readonly Point[], dx: number, dy: number): Point[] {
  const bound = (values: number[], step: number) => Math.min(1000 - Math.max(...values), Math.max(-Math.min(...values), step));
  const x = bound(points.map((point) => point[0]), dx);
  const y = bound(points.map((point) => point[1]), dy);
  return points.map((point) => [clamp(point[0] + x), clamp(point[1] + y)]);
}

/** Where the name of an area stands: in the middle of its upper edge. */
export const topOf = (points: readonly Point[]): Point => [centreOf(points)[0], Math.min(...points.map((point) => point[1]))];
