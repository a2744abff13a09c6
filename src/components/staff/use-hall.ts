"use client";
import { useEffect, useState } from "react";
import { useLocale } from "use-intl";
import { api } from "@/components/api-client";
import { type Locale, localName } from "@/lib/i18n/locale";
import type { HallDetail } from "@/lib/regions/schema";

/** The hall's lines, zones, windows and classes; undefined until they are there. */
export function useHall(code: string): HallDetail | undefined {
  const [hall, setHall] = useState<HallDetail>();
  useEffect(() => {
    let current = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const load = async () => {
      const result = await api<HallDetail>(`/halls/${code}`);
      if (!current) return;
      if (result.ok) setHall(result.value);
      else timer = setTimeout(() => void load(), 5_000);
    };
    void load();
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [code]);
  return hall;
}

/** Name of a class code in the user's language; the code itself until the hall's classes are known. */
export function useClassName(hall: HallDetail | undefined): (code: string) => string {
  const locale = useLocale() as Locale;
  return (code) => {
    const known = hall?.classes.find((entry) => entry.code === code);
    return known ? localName(locale, known) : code;
  };
}
