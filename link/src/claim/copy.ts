/**
 * Makes a button copy an element's text. The text is selected as well: without permission for the clipboard, or on a
 * plain http address, one key press is left to do.
 */
export function copyOnClick(button: HTMLElement, source: HTMLElement, result: HTMLElement): void {
  button.addEventListener("click", async () => {
    getSelection()?.selectAllChildren(source);
    try {
      await navigator.clipboard.writeText(source.textContent ?? "");
      result.textContent = "Copied.";
    } catch {
      const key = navigator.userAgent.includes("Mac") ? "⌘C" : "Ctrl+C";
      result.textContent = `Selected: press ${key} to copy.`;
    }
  });
}
