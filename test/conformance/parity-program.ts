import type { CommandName, CommandParams } from "@passage/protocol/commands";

/** A short program: one command on a page, and what the page is like afterwards, by an expression. */
export interface Program<Name extends CommandName = CommandName> {
  readonly html: string;
  readonly command: Name;
  readonly params: CommandParams<Name>;
  readonly state: string;
}

/** A command on the page, and what the page is like afterwards. */
export function on(html: string) {
  return <Name extends CommandName>(command: Name, params: CommandParams<Name>, state = "''"): Program =>
    ({ html, command, params, state }) as Program;
}

export const shadow = `<div id=host></div><script>host.attachShadow({ mode: "open" }).innerHTML = "<button id=b>Deep</button>"</script>`;
