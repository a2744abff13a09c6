import { FileText, HandHelping, HardHat, HeartPulse, House, LayoutGrid, type LucideIcon, PiggyBank, ReceiptText, ShieldCheck, Store, Users } from "lucide-react";

/** The icons that fields may name; the whole set would be larger than the page. */
const ICONS: Record<string, LucideIcon> = {
  "layout-grid": LayoutGrid, house: House, "receipt-text": ReceiptText, "heart-pulse": HeartPulse, "piggy-bank": PiggyBank,
  "shield-check": ShieldCheck, store: Store, "hard-hat": HardHat, users: Users, "hand-helping": HandHelping,
};

export function FieldIcon({ name }: { name: string }) {
  const Icon = ICONS[name] ?? FileText;
  return <Icon aria-hidden strokeWidth={1.75} className="size-12 portrait:size-14 shrink-0 text-brand in-[[data-elder=true]]:size-9 portrait:in-[[data-elder=true]]:size-10" />;
}
