import { Component, type ComponentChildren } from "preact";
import { reloadSoon } from "./guard";

/** A part that fails disappears alone; the rest of the board stays on the wall until the page starts again. */
export class Safe extends Component<{ children: ComponentChildren }, { failed: boolean }> {
  override state = { failed: false };

  override componentDidCatch(): void {
    this.setState({ failed: true });
    reloadSoon();
  }

  override render() {
    return this.state.failed ? null : this.props.children;
  }
}
