import { PassageError } from "@passage/protocol/errors";
import type { CommandContext } from "../commands/command.ts";
import { askWhere } from "../commands/foreign.ts";
import { Origins } from "../mandate/origins.ts";
import type { CommitField } from "../page-script/api.ts";
import type { NavigationToken } from "../webview.ts";

/** A field that an argument was typed into; its selector has the frame that it is in, if any. */
export interface FilledField extends CommitField {
  /** Of the frame; null in the page itself. */
  readonly frameOrigin: string | null;
  readonly document: NavigationToken | null;
}

/** Where an operation's arguments were typed, each where it was typed last. */
export class FilledFields {
  readonly #fields = new Map<string, FilledField>();

  note(argument: string, field: FilledField): void {
    this.#fields.set(argument, field);
  }

  /**
   * The argument was typed in the document that is there now, and its field still holds it. A field that the page has taken
   * away since, as for a review in the form's place, is not asked.
   * @throws `not_actionable` where that is not so: a document that was loaded anew has empty fields.
   */
  async demandHeld(context: CommandContext, argument: string): Promise<void> {
    const field = this.#field(argument);
    if (!field || field.document !== context.page.documentToken || context.page.leaving) throw lost(argument);
    const { selector, value, kind } = field;
    const holds = await askWhere(within(context, field), selector, (frame, inner, guarded) =>
      frame.call("keeps", inner, value, kind, guarded),
    );
    if (!holds || field.document !== context.page.documentToken) throw lost(argument);
  }

  /** What the fields of these arguments must hold when a commit is pressed. */
  heldFor(list: readonly string[]): readonly CommitField[] {
    return list.flatMap((argument) => {
      const field = this.#field(argument);
      return field ? [{ selector: field.selector, value: field.value, kind: field.kind }] : [];
    });
  }

  #field(argument: string): FilledField | undefined {
    return this.#fields.get(argument) ?? this.#fields.get(argument.replace(/\.last4$/, ""));
  }
}

/** The context of a fill: in a frame, only that frame's declared origin and the page's own. */
export function within<Context extends CommandContext>(
  context: Context,
  { frameOrigin }: Pick<FilledField, "frameOrigin">,
): Context {
  if (frameOrigin === null) return context;
  const origins = new Origins();
  origins.pin([frameOrigin, URL.parse(context.page.url())?.origin ?? ""], true);
  context.origins.demand(context.page.url());
  return { ...context, origins };
}

function lost(argument: string): PassageError {
  return new PassageError(
    "not_actionable",
    `The page no longer holds ${argument} as it was typed. Fill the form again before the person is asked`,
  );
}
