export const icon =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'%3E%3Crect width='8' height='8' rx='2' fill='%23087a43'/%3E%3C/svg%3E";

export const style = `
:root { --accent: #087a43; --ink: #16181a; --quiet: #5d6469; --line: #e4e6e8; --soft: #f4f5f5; }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: flex; flex-direction: column; background: #fff; color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
a { color: inherit; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
[hidden], .alert:empty { display: none !important; }
.sandbox-bar { margin: 0; padding: 4px 16px; background: #2a2f33; color: #fff; font-size: 12px; text-align: center; }
.sandbox-bar code { padding: 0 4px; border-radius: 3px; background: #4b5359; }
header { display: flex; align-items: center; justify-content: space-between; gap: 8px 24px; flex-wrap: wrap;
  padding: 14px max(16px, calc(50vw - 460px)); border-bottom: 1px solid var(--line); }
.sign-in header { background: var(--ink); border: 0; }
.sign-in .wordmark, .sign-in .wordmark b { color: #fff; }
.sign-in .wordmark span { color: #b9c0c5; }
.wordmark { font-size: 21px; font-weight: 700; letter-spacing: -0.02em; text-decoration: none; }
.wordmark span { color: var(--quiet); font-size: 13px; font-weight: 400; letter-spacing: 0; }
nav { display: flex; align-items: center; gap: 20px; }
nav a { font-size: 15px; text-decoration: none; }
main { flex: 1; width: 100%; max-width: 952px; margin: 0 auto; padding: 28px 16px 56px; }
.sign-in main { max-width: 408px; padding-top: 48px; }
footer { padding: 20px 16px; border-top: 1px solid var(--line); color: var(--quiet); font-size: 13px; text-align: center; }
h1 { margin: 0 0 16px; font-size: 30px; line-height: 1.2; letter-spacing: -0.02em; }
.sign-in h1 { font-size: 23px; font-weight: 600; letter-spacing: 0; }
h1 label { margin: 0; font: inherit; }
.quiet { margin: 0 0 20px; color: var(--quiet); }
.button { display: inline-flex; align-items: center; justify-content: center; gap: 10px; min-height: 48px; padding: 0 24px; border: 0;
  border-radius: 8px; background: var(--ink); color: #fff; font: inherit; font-weight: 600; text-decoration: none; cursor: pointer; }
.button:hover { background: #33393e; }
.button:disabled { background: #e3e5e7; color: #767d82; cursor: default; }
.button.light { background: #eef0f1; color: var(--ink); }
.button.light:hover { background: #e1e4e6; }
.button.small { min-height: 36px; padding: 0 16px; border-radius: 18px; font-size: 14px; color: #fff; }
.sign-in .button { width: 100%; }
label { display: block; margin-bottom: 8px; font-size: 15px; }
input { width: 100%; height: 50px; padding: 0 14px; border: 2px solid transparent; border-radius: 8px; background: #eef0f1; color: inherit; font: inherit; }
input:focus { border-color: var(--ink); background: #fff; outline: 0; }
form .button { margin-top: 16px; }
.boxes { display: flex; gap: 10px; margin: 0; padding: 0; border: 0; }
.boxes input { width: 56px; padding: 0; font-size: 22px; text-align: center; }
.or { display: flex; align-items: center; gap: 12px; margin: 22px 0; color: var(--quiet); font-size: 14px; }
.or::before, .or::after { content: ""; flex: 1; height: 1px; background: var(--line); }
.alert { margin: 14px 0 0; padding: 10px 12px; border-radius: 8px; background: #fdecea; color: #8f1d12; font-size: 15px; }
.hero { padding: 56px 24px; border-radius: 16px; background: linear-gradient(120deg, #dff3e6, #f6f1dc); }
.hero h1 { max-width: 14ch; font-size: clamp(32px, 6vw, 48px); }
.orders > div { display: grid; grid-template-columns: 104px 1fr; gap: 4px 16px; padding: 20px 0; border-bottom: 1px solid var(--line); }
.orders figure { width: 104px; height: 78px; margin: 0; overflow: hidden; border-radius: 10px; background: var(--soft); }
.orders img { width: 100%; height: 100%; object-fit: cover; display: block; }
.orders h2 { margin: 0; font-size: 17px; line-height: 1.3; }
.orders p { margin: 2px 0 0; color: var(--quiet); font-size: 14px; }
.orders ul { margin: 6px 0 0; padding: 0; list-style: none; font-size: 14px; }
.orders li { display: grid; grid-template-columns: 24px 1fr; }
.orders li small { grid-column: 2; color: var(--quiet); font-size: 13px; }
.orders .badge { padding: 1px 8px; border-radius: 10px; background: #fdecea; color: #8f1d12; font-size: 12px; font-weight: 600; }
.orders .plain { margin-top: 8px; }
.plain { padding: 0; border: 0; background: none; color: inherit; font: inherit; font-size: 14px; text-decoration: underline; cursor: pointer; }
#more { display: flex; margin: 24px auto 0; }
dialog { width: min(440px, calc(100vw - 32px)); padding: 24px; border: 0; border-radius: 16px; box-shadow: 0 12px 48px #0003; }
dialog::backdrop { background: #0006; }
dialog h2 { margin: 0 0 4px; font-size: 20px; }
dialog table { width: 100%; margin: 16px 0; border-collapse: collapse; font-size: 15px; }
dialog td { padding: 6px 0; }
dialog td:last-child { text-align: right; }
dialog tr:last-child td { padding-top: 12px; border-top: 1px solid var(--line); font-weight: 700; }
.spinner { width: 36px; height: 36px; margin: 64px auto 20px; border: 4px solid var(--line); border-top-color: var(--accent); border-radius: 50%;
  animation: turn 0.9s linear infinite; }
.spinner + p { text-align: center; }
@keyframes turn { to { transform: rotate(1turn); } }
@media (min-width: 720px) { .orders > div { grid-template-columns: 200px 1fr; } .orders figure { width: 200px; height: 132px; } .orders h2 { font-size: 19px; } }
`;
