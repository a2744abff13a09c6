"use client";
import { X } from "lucide-react";
import { Dialog as Primitive } from "radix-ui";
import type { ReactNode } from "react";

/** A modal question or form; Escape and the close button leave everything as it was. */
export function Dialog({ open, onClose, title, description, closeLabel, children }: {
  open: boolean; onClose: () => void; title: string; description?: string; closeLabel: string; children: ReactNode;
}) {
  return (
    <Primitive.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-40 bg-ink/50" />
        <Primitive.Content data-slot="dialog" {...(description ? {} : { "aria-describedby": undefined })} className="fixed top-1/2 left-1/2 z-50 max-h-[90dvh] w-[min(36rem,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 overflow-y-auto rounded-base border border-line bg-surface p-6">
          <div className="mb-4 flex items-start justify-between gap-4">
            <Primitive.Title className="text-xl font-semibold">{title}</Primitive.Title>
            <Primitive.Close aria-label={closeLabel} className="rounded-base p-1 hover:bg-canvas"><X aria-hidden className="size-5" /></Primitive.Close>
          </div>
          {description ? <Primitive.Description className="mb-4 text-ink-soft">{description}</Primitive.Description> : null}
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
