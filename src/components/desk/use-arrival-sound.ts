"use client";
import { useCallback, useEffect, useRef, useState } from "react";

const STORE = "yiting-desk-sound";

/** A short tone when somebody arrives while the window is free and nobody was waiting; off until the clerk wants it. */
export function useArrivalSound(free: boolean, waiting: number | undefined): { on: boolean; toggle: () => void } {
  const [on, setOn] = useState(false);
  const context = useRef<AudioContext>(undefined);
  const before = useRef<number>(undefined);
  useEffect(() => setOn(readStored()), []);

  const play = useCallback(() => {
    try {
      context.current ??= new AudioContext();
      const audio = context.current;
      void audio.resume();
      const gain = audio.createGain();
      gain.gain.setValueAtTime(0.12, audio.currentTime);
      gain.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + 0.5);
      const tone = audio.createOscillator();
      tone.frequency.value = 660;
      tone.connect(gain).connect(audio.destination);
      tone.start();
      tone.stop(audio.currentTime + 0.5);
    } catch {
      // No sound device: the screen shows the arrival anyway.
    }
  }, []);

  useEffect(() => {
    if (on && free && before.current === 0 && (waiting ?? 0) > 0) play();
    before.current = waiting;
  }, [on, free, waiting, play]);

  const toggle = () => {
    const next = !on;
    setOn(next);
    try { localStorage.setItem(STORE, next ? "1" : "0"); } catch { /* private mode: the choice lasts until reload */ }
    if (next) play();
  };
  return { on, toggle };
}

function readStored(): boolean {
  try {
    return localStorage.getItem(STORE) === "1";
  } catch {
    return false;
  }
}
