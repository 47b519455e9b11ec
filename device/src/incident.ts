/**
 * What a page wanted of the browser beyond its own window, and what the policy made of it (docs/design/device-policies.md). Names
 * and places; never a dialog's text, a file's name or a realm. Windows are `main` and `popup-1`, `popup-2`, …
 */
export type Incident =
  /** `opener` is null where the site asked for none. */
  | { readonly type: "window.opened"; readonly window: string; readonly opener: string | null; readonly url: string }
  | { readonly type: "window.closed"; readonly window: string }
  | { readonly type: "window.crashed"; readonly window: string; readonly reloaded: boolean }
  /** `person`: they have the page, and answer it. */
  | {
      readonly type: "dialog.opened";
      readonly window: string;
      readonly dialog: "alert" | "beforeunload" | "confirm" | "prompt";
      readonly answer: "accepted" | "dismissed" | "person";
    }
  | { readonly type: "download.refused"; readonly url: string }
  | { readonly type: "auth.cancelled"; readonly window: string; readonly url: string; readonly proxy: boolean }
  | { readonly type: "file_chooser.refused"; readonly window: string }
  | { readonly type: "external_app.requested"; readonly window: string; readonly scheme: string };
