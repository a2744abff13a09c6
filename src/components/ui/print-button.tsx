"use client";
import { Printer } from "lucide-react";
import { Button } from "@/components/ui/button";

/** Prints the page as it stands; what is not for paper has the class `no-print`. */
export function PrintButton({ label }: { label: string }) {
  return <span className="no-print"><Button onClick={() => window.print()}><Printer aria-hidden className="size-5" />{label}</Button></span>;
}
