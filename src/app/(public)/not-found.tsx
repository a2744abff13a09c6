import { NotFoundText } from "@/components/citizen/not-found-text";

/** Inside the citizens' frame, which has the main part already. */
export default function NotFound() {
  return <NotFoundText />;
}
