export const style = `
:root { --ink: #26221c; --quiet: #6f675b; --line: #e2dccf; --accent: #8a3b12; }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; background: #fbf8f2; color: var(--ink); font: 17px/1.55 Georgia, "Times New Roman", serif; }
.bar { margin: 0; padding: 4px 16px; background: #33302b; color: #fff; font: 12px/1.5 system-ui, sans-serif; text-align: center; }
.bar code { padding: 0 4px; border-radius: 3px; background: #57524a; }
header { display: flex; justify-content: space-between; align-items: baseline; padding: 18px max(16px, calc(50vw - 330px)); border-bottom: 1px solid var(--line); }
header > a { color: var(--ink); font-size: 22px; font-weight: 700; text-decoration: none; }
nav a { color: var(--quiet); font-size: 15px; }
main { max-width: 692px; margin: 0 auto; padding: 36px 16px 64px; }
.hero { padding: 48px 0; }
.hero h1 { font-size: clamp(34px, 7vw, 52px); }
h1 { margin: 0 0 10px; font-size: 30px; line-height: 1.15; }
.quiet { margin: 0 0 24px; color: var(--quiet); }
.quiet:empty, [hidden] { display: none !important; }
.card { max-width: 400px; margin: 0 auto; padding: 28px; border: 1px solid var(--line); border-radius: 6px; background: #fff; }
label { display: block; margin: 16px 0 6px; font-size: 15px; }
input { width: 100%; height: 48px; padding: 0 12px; border: 1px solid #a1978a; border-radius: 4px; background: #fff; color: inherit; font: inherit; }
#code { font-size: 22px; letter-spacing: 0.3em; }
:focus-visible { outline: 3px solid #d59a6f; outline-offset: 1px; }
.button { display: inline-flex; align-items: center; justify-content: center; min-height: 48px; margin-top: 20px; padding: 0 26px; border: 0; border-radius: 4px;
  background: var(--accent); color: #fff; font: inherit; text-decoration: none; cursor: pointer; }
.button:disabled { opacity: 0.5; cursor: default; }
.button.light { background: #efe8da; color: var(--ink); }
.card .button { width: 100%; }
.alert { margin: 0; padding: 10px 12px; border-left: 4px solid #b3261e; background: #fdeceb; color: #7d1610; font-size: 16px; }
ol { margin: 0; padding: 0; list-style: none; }
li { display: grid; grid-template-columns: 1fr auto; gap: 2px 20px; padding: 16px 0; border-bottom: 1px solid var(--line); }
li strong { font-size: 19px; font-weight: 600; line-height: 1.3; }
li span { color: var(--quiet); font-size: 15px; }
li span:last-child { grid-column: 1; }
`;
