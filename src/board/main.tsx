import { render } from "preact";
import { readAddress } from "./address";
import { App } from "./app";
import { installGuard } from "./guard";
import { Safe } from "./safe";

installGuard();
const place = document.getElementById("board");
if (place) {
  place.textContent = "";
  render(<Safe><App address={readAddress(location.search)} /></Safe>, place);
}
