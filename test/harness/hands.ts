/** Something on a page. Hands that see the document use the selector; hands that see the screen, the role and the words. */
export interface Place {
  readonly selector: string;
  readonly role: "field" | "button" | "choice" | "heading" | "alert";
  /** Its label or text, as a screen reader reads it. Empty for any alert that has a text. */
  readonly words: string;
}

/** What a person can do at a window, in whichever way. */
export interface Hands {
  fill(field: Place, text: string): Promise<void>;
  press(button: Place): Promise<void>;
  choose(choice: Place): Promise<void>;
  /**
   * Waits until one of the places shows, and returns it. Null once the page has the address, or the device has closed its
   * window: a link has ended.
   */
  whatShows(places: readonly Place[], address?: RegExp): Promise<Place | null>;
  textOf(place: Place): Promise<string>;
  /** Presses what opens a window, and goes on in that window. */
  openWindow(button: Place): Promise<Hands>;
  /** Closes the window as its cross does. */
  close(): Promise<void>;
}
