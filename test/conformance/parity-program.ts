import type { CommandName, CommandParams } from "@passage/protocol/commands";

/** A short program: a command on a page, commands after it, and what the page is like afterwards, by an expression. */
export interface Program<Name extends CommandName = CommandName> {
  readonly html: string;
  readonly command: Name;
  readonly params: CommandParams<Name>;
  readonly state: string;
  readonly then: readonly Step[];
}

export type Step = { [Name in CommandName]: readonly [Name, CommandParams<Name>] }[CommandName];

/** A command on the page, what is asked then, and what the page is like afterwards. `{site}` stands for the site's origin. */
export function on(html: string) {
  return <Name extends CommandName>(
    command: Name,
    params: CommandParams<Name>,
    state = "''",
    then: readonly Step[] = [],
  ): Program => ({ html, command, params, state, then }) as Program;
}

export const shadow = `<div id=host></div><script>host.attachShadow({ mode: "open" }).innerHTML = "<button id=b>Deep</button>"</script>`;
