"use client";
import { useEffect, useState } from "react";

/** The link of a ticket as QR code: one path, crisp on screen and paper. */
export function TicketQr({ token, label, className }: { token: string; label: string; className?: string }) {
  const [code, setCode] = useState<{ size: number; path: string }>();
  useEffect(() => {
    let current = true;
    // Loaded with the first ticket only.
    void import("qrcode").then(({ create }) => {
      const { modules } = create(`${window.location.origin}/t/${token}`, { errorCorrectionLevel: "M" });
      let path = "";
      modules.data.forEach((dark, index) => {
        if (dark) path += `M${index % modules.size} ${Math.floor(index / modules.size)}h1v1h-1z`;
      });
      if (current) setCode({ size: modules.size, path });
    });
    return () => { current = false; };
  }, [token]);
  return (
    <svg role="img" aria-label={label} viewBox={code ? `-4 -4 ${code.size + 8} ${code.size + 8}` : "0 0 1 1"} shapeRendering="crispEdges" className={className}>
      <rect x="-4" y="-4" width="100%" height="100%" fill="#fff" />
      {code ? <path d={code.path} fill="#000" /> : null}
    </svg>
  );
}
