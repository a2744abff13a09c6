/** The loudspeaker: Web Speech with a Chinese voice, else two tones. Never fails, never hangs. */
import { announceChinese, announceEnglish } from "./spoken";

export interface Loudspeaker {
  /** Resolves when it is silent again. */
  announce(number: string, window: string, how: { english: boolean; hurry: boolean }): Promise<void>;
  /** A touch or a key: the browser allows sound from now on. */
  allow(): void;
}

const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

function voiceFor(language: RegExp): SpeechSynthesisVoice | undefined {
  const voices = window.speechSynthesis?.getVoices().filter((voice) => language.test(voice.lang)) ?? [];
  // A voice on the machine speaks without the internet.
  return voices.find((voice) => voice.localService) ?? voices[0];
}

const mandarin = () => voiceFor(/^(zh|cmn)([-_](Hans[-_])?CN)?$/i) ?? voiceFor(/^(zh|cmn)(?!.*HK)/i);

type Spoken = "done" | "blocked" | "failed";

/** Chromium sometimes never reports the end of an utterance, hence the limit by length. */
function speak(words: string, voice: SpeechSynthesisVoice, rate: number): Promise<Spoken> {
  return new Promise((resolve) => {
    const utterance = new SpeechSynthesisUtterance(words);
    Object.assign(utterance, { voice, lang: voice.lang, rate });
    const limit = setTimeout(() => {
      speechSynthesis.cancel();
      resolve("done");
    }, 5_000 + words.length * 400);
    const end = (outcome: Spoken) => {
      clearTimeout(limit);
      resolve(outcome);
    };
    utterance.onend = () => end("done");
    utterance.onerror = ({ error }) => end(error === "not-allowed" ? "blocked" : "failed");
    speechSynthesis.speak(utterance);
  });
}

async function twoTones(context: AudioContext): Promise<void> {
  const start = context.currentTime + 0.05;
  for (const [index, pitch] of [784, 587].entries()) {
    const tone = context.createOscillator();
    const loudness = context.createGain();
    const at = start + index * 0.45;
    tone.frequency.value = pitch;
    loudness.gain.setValueAtTime(0, at);
    loudness.gain.linearRampToValueAtTime(0.5, at + 0.02);
    loudness.gain.exponentialRampToValueAtTime(0.001, at + 0.7);
    tone.connect(loudness).connect(context.destination);
    tone.start(at);
    tone.stop(at + 0.75);
  }
  await wait(1_400);
}

/** `onBlocked` tells whether the browser waits for a touch before it allows sound. */
export function openLoudspeaker(onBlocked: (blocked: boolean) => void): Loudspeaker {
  // One context for the life of the page; Chromium allows only a few.
  let context: AudioContext | undefined;
  const running = async (): Promise<boolean> => {
    context ??= new AudioContext();
    if (context.state !== "running") await Promise.race([context.resume(), wait(300)]);
    return (context.state as AudioContextState) === "running";
  };
  const probe = () => void running().then((free) => onBlocked(!free), () => onBlocked(false));
  window.speechSynthesis?.getVoices(); // the list is loaded on first use
  probe();

  const tones = async (): Promise<void> => {
    const free = await running().catch(() => false);
    onBlocked(!free && context !== undefined);
    if (free && context) await twoTones(context);
  };

  return {
    async announce(number, window, { english, hurry }) {
      const chinese = mandarin();
      if (!chinese) return tones();
      const outcome = await speak(announceChinese(number, window), chinese, hurry ? 1.1 : 0.95);
      if (outcome !== "done") return outcome === "blocked" ? onBlocked(true) : tones();
      const other = english && !hurry ? voiceFor(/^en/i) : undefined;
      if (other) await speak(announceEnglish(number, window), other, 0.95);
      await wait(250);
    },
    allow: probe,
  };
}
