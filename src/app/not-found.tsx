import { NotFoundText } from "@/components/citizen/not-found-text";

export default function NotFound() {
  return <main className="mx-auto flex min-h-dvh max-w-xl flex-col justify-center p-6"><NotFoundText /></main>;
}
