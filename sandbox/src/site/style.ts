import type { Brand } from "./brand.ts";

export function iconOf({ look }: Brand): string {
  const shape = `<rect width='8' height='8' rx='2' fill='${look.accent}'/>`;
  return `data:image/svg+xml,${encodeURIComponent(`<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'>${shape}</svg>`)}`;
}

export function styleOf({ look }: Brand): string {
  const { accent, accentDark, radius, css = "" } = look;
  return `:root { --accent: ${accent}; --accent-dark: ${accentDark}; --radius: ${radius}; }${style}${css}`;
}

const style = `
:root { --ink: #1d1a1c; --quiet: #62605f; --line: #e0dddc; --ground: #f6f5f5; }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: flex; flex-direction: column; background: var(--ground); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
a { color: var(--accent-dark); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
.sandbox-bar { margin: 0; padding: 4px 16px; background: #2b2529; color: #fff; font-size: 12px; text-align: center; }
.sandbox-bar code { padding: 0 4px; border-radius: 3px; background: #4a4147; }
header { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 4px 24px;
  padding: 14px max(16px, calc(50vw - 480px)); background: #fff; border-bottom: 1px solid var(--line); }
.wordmark { color: var(--accent); font-size: 20px; font-weight: 800; letter-spacing: -0.02em; text-decoration: none; }
.wordmark span { color: var(--quiet); font-size: 13px; font-weight: 400; letter-spacing: 0; }
nav { display: flex; gap: 20px; }
nav a { color: var(--ink); font-size: 15px; text-decoration: none; white-space: nowrap; }
nav a:hover, nav a[aria-current] { color: var(--accent-dark); }
main { flex: 1; width: 100%; max-width: 992px; margin: 0 auto; padding: 32px 16px 56px; }
.sign-in main { max-width: 448px; }
footer { padding: 20px 16px; color: var(--quiet); font-size: 13px; text-align: center; }
h1 { margin: 0 0 8px; font-size: 28px; line-height: 1.2; letter-spacing: -0.02em; }
h2 { margin: 32px 0 12px; font-size: 19px; }
.quiet { margin: 0 0 20px; color: var(--quiet); }
.card { padding: 24px; border: 1px solid var(--line); border-radius: 12px; background: #fff; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(240px, 1fr)); gap: 16px; margin-top: 24px; }
.cards h2 { margin-top: 0; }
.hero { padding: 40px 0; max-width: 640px; }
.hero h1 { font-size: 40px; }
label { display: block; margin-bottom: 6px; font-size: 14px; font-weight: 600; }
input:not([type="radio"]) { width: 100%; height: 48px; padding: 0 14px; border: 1px solid #93888e; border-radius: 8px; background: #fff;
  color: inherit; font: inherit; }
input[autocomplete="one-time-code"] { font-size: 22px; letter-spacing: 0.3em; }
.button { display: inline-flex; align-items: center; justify-content: center; min-height: 48px; padding: 0 28px; border: 0;
  border-radius: var(--radius); background: var(--accent); color: #fff; font: inherit; font-weight: 700; text-decoration: none; cursor: pointer; }
.button:hover { background: var(--accent-dark); }
.button:disabled { background: #e6e0e3; color: #766c71; cursor: default; }
.sign-in .button { width: 100%; margin-top: 20px; }
.plain { padding: 0; border: 0; background: none; color: var(--accent-dark); font: inherit; text-decoration: underline; cursor: pointer; }
.choice { display: flex; align-items: center; gap: 12px; margin: 0 0 12px; padding: 14px 16px; border: 1px solid var(--line);
  border-radius: 8px; font-size: 16px; font-weight: 400; cursor: pointer; }
.choice:has(:checked) { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); }
.choice input { width: 20px; height: 20px; margin: 0; accent-color: var(--accent); }
.choice small { display: block; color: var(--quiet); font-size: 14px; }
fieldset { margin: 0; padding: 0; border: 0; }
.alert { margin: 0 0 16px; padding: 12px 14px; border-left: 4px solid #b3261e; border-radius: 4px; background: #fdeceb; color: #7d1610; }
.alert:empty, [hidden] { display: none !important; }
.tabs { display: flex; gap: 24px; margin: 20px 0; border-bottom: 1px solid var(--line); }
.tabs a { padding: 8px 0; color: var(--quiet); font-weight: 600; text-decoration: none; }
.tabs a[aria-current] { color: var(--ink); box-shadow: inset 0 -3px var(--accent); }
.figures { display: flex; flex-wrap: wrap; gap: 16px 56px; margin: 0; }
dt { color: var(--quiet); font-size: 14px; }
dd { margin: 0; font-weight: 600; }
.figures .amount { font-size: 34px; font-weight: 800; line-height: 1.2; letter-spacing: -0.02em; }
.bills { margin: 0; padding: 0; border: 1px solid var(--line); border-radius: 12px; background: #fff; list-style: none; }
.bills li { display: grid; grid-template-columns: 1fr auto; gap: 4px 16px; align-items: center; padding: 14px 20px; }
.bills li + li { border-top: 1px solid var(--line); }
.bills strong { text-align: right; }
.bills button { grid-column: 1 / -1; justify-self: start; min-height: 32px; }
@media (min-width: 640px) { .bills li { grid-template-columns: 1fr 120px auto; } .bills button { grid-column: auto; } }
.cookie-banner { position: fixed; inset: auto 0 0; display: flex; align-items: center; justify-content: center; gap: 12px 24px;
  padding: 12px 16px; background: #fff; border-top: 1px solid var(--line); box-shadow: 0 -4px 16px #0001; font-size: 14px; }
.cookie-banner p { margin: 0; }
.cookie-banner .button { min-height: 40px; padding: 0 20px; }
.stack { display: grid; gap: 18px; }
.columns { display: grid; grid-template-columns: 1fr 1fr; gap: 16px; }
.columns > :first-child { grid-column: 1 / -1; }
@media (min-width: 640px) { .columns { grid-template-columns: 2fr 1fr 1fr; } .columns > :first-child { grid-column: auto; } }
#card-frame { width: 100%; height: 178px; border: 0; }
.payment-method small { display: block; color: var(--quiet); font-size: 14px; }
.badge { color: var(--quiet); font-size: 14px; }
.puzzle { display: grid; grid-template-columns: repeat(3, 1fr); gap: 12px; }
.puzzle .choice { flex-direction: column-reverse; margin: 0; }
.puzzle svg { fill: var(--accent); }
progress { width: 100%; accent-color: var(--accent); }
.amount { margin: 0; font-size: 34px; font-weight: 800; letter-spacing: -0.02em; }
.hidden-spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.plain-list { margin: 0; padding: 0; list-style: none; }
.bill-entry { display: grid; grid-template-columns: 48px 1fr auto; gap: 12px; grid-column: 1 / -1; width: 100%; color: var(--ink);
  text-align: left; text-decoration: none; }
.uws-modal { position: fixed; inset: 0; display: grid; place-items: center; padding: 16px; background: #0008; }
.uws-modal .button { margin-right: 16px; }
.method summary { list-style: none; cursor: pointer; }
.method[open] summary .button { display: none; }
.method form { margin-top: 20px; }
`;
