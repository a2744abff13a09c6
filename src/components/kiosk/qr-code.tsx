"use client";
import { useEffect, useState } from "react";

interface Drawing {
  size: number;
  path: string;
}

async function draw(text: string): Promise<Drawing> {
  // Loaded when the first number is shown: the start screen does without its weight.
  const { create } = await import("qrcode");
  const { modules } = create(text, { errorCorrectionLevel: "M" });
  const cells = Array.from({ length: modules.size ** 2 }, (_, index) => index).filter((index) => modules.data[index]);
  return { size: modules.size, path: cells.map((index) => `M${index % modules.size} ${Math.floor(index / modules.size)}h1v1h-1z`).join("") };
}

/** Drawn here, not by the server: the address with the ticket's token goes nowhere else. Its place is kept while it loads. */
export function QrCode({ text, label, className }: { text: string; label: string; className?: string }) {
  const [drawing, setDrawing] = useState<Drawing>();
  useEffect(() => {
    let wanted = true;
    void draw(text).then((next) => wanted && setDrawing(next), () => undefined);
    return () => void (wanted = false);
  }, [text]);
  const { size, path } = drawing ?? { size: 33, path: "" };
  // Four modules of white around it, as the standard asks.
  return (
    <svg role="img" aria-label={label} aria-busy={!drawing} viewBox={`-4 -4 ${size + 8} ${size + 8}`} shapeRendering="crispEdges" className={className}>
      <path d={`M-4 -4h${size + 8}v${size + 8}h-${size + 8}z`} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
