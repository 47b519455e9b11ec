/**
 * The overlay's stylesheet. It names no font, since a page can give its own to any name. It is adopted by its shadow root: constructed sheets are
 * exempt from the site's CSP.
 */
export const styleText = `
.box {
  all: initial; direction: ltr; unicode-bidi: isolate; color-scheme: light;
  display: block; visibility: inherit; pointer-events: none;
}
* { box-sizing: border-box; margin: 0; padding: 0; }
.card {
  display: grid; grid-template-columns: auto 1fr; align-items: center; gap: 0 14px;
  position: relative; overflow: hidden;
  width: min(440px, calc(100% - 24px)); margin: 0 auto max(16px, env(safe-area-inset-bottom));
  padding: 14px 18px 17px 16px; border-radius: 18px;
  background: #14171c; color: #f6f7f9;
  box-shadow: 0 0 0 1px rgb(255 255 255 / 0.08) inset, 0 12px 36px rgb(10 14 20 / 0.32), 0 2px 6px rgb(10 14 20 / 0.22);
  font: 400 14px/1.4 system-ui, sans-serif;
  letter-spacing: 0; text-align: left; pointer-events: none;
  animation: rise 240ms cubic-bezier(0.2, 0.8, 0.2, 1);
}
.text { min-width: 0; }
.heading { font-weight: 600; font-size: 15px; line-height: 1.35; overflow-wrap: anywhere; }
.subheading { color: #aab2bf; font-size: 13px; margin-top: 1px; overflow-wrap: anywhere; }
.spinner {
  width: 20px; height: 20px; border-radius: 50%;
  border: 2.5px solid rgb(255 255 255 / 0.18); border-top-color: #7db4ff; animation: spin 900ms linear infinite;
}
.bar { position: absolute; inset: auto 0 0 0; height: 3px; background: rgb(255 255 255 / 0.08); }
.bar .fill { height: 100%; width: 0; border-radius: 0 2px 2px 0; background: #7db4ff; transition: width 300ms ease; }
.bar.unknown { display: none; }
.yours {
  grid-template-columns: 1fr auto; width: min(560px, calc(100% - 24px)); padding: 10px 10px 10px 18px;
  background: #fff; color: #14171c; pointer-events: auto;
  box-shadow: 0 0 0 1px rgb(10 14 20 / 0.1), 0 12px 36px rgb(10 14 20 / 0.24), 0 2px 6px rgb(10 14 20 / 0.14);
}
.yours .heading { font-size: 14px; }
.yours .subheading { color: #5b6472; font-size: 12px; }
.veil { position: fixed; inset: 0; background: rgb(10 14 20 / 0.45); pointer-events: auto; }
.asked { max-height: calc(100vh - 32px); overflow: auto; }
.asked .buttons {
  position: sticky; bottom: 0; background: #fff; box-shadow: 0 0 0 18px #fff; clip-path: inset(-10px -18px -18px);
}
.whole { grid-template-columns: 1fr; gap: 12px; padding: 18px; }
.veil:has(+ .whole) { background: #e9eeed; }
.wide.whole .text { padding: 0; }
.whole .text .heading { font-size: 17px; }
.terms { list-style: none; display: grid; gap: 12px; border-block: 1px solid #e2e6eb; padding: 12px 0; }
.promise { font-size: 13px; }
.whole button { flex: 1; }
.buttons { display: flex; gap: 12px; }
button {
  appearance: none; border: 0; border-radius: 12px; padding: 0 14px; height: 44px; white-space: nowrap; cursor: pointer;
  font: 600 14px/1 system-ui, sans-serif;
}
button.quiet { background: #eef0f3; color: #14171c; }
button.quiet:hover { background: #e2e6eb; }
button.loud { background: #0b63e5; color: #fff; }
button.loud:hover { background: #0956c8; }
button:disabled { opacity: 0.45; cursor: default; }
button:focus-visible { outline: 3px solid #7db4ff; outline-offset: 2px; }
@media (max-width: 500px) {
  .yours { padding-left: 14px; gap: 0 10px; }
  .yours.wide { grid-template-columns: 1fr; gap: 10px; padding: 12px; }
  .wide .text { padding: 0 4px; }
  .wide button { flex: 1; height: 42px; }
}
@media (min-width: 700px) { .whole { margin-bottom: 20vh; } }
@keyframes rise { from { opacity: 0; transform: translateY(12px); } }
@keyframes spin { to { transform: rotate(1turn); } }
@media (prefers-reduced-motion: reduce) {
  .card { animation: none; } .spinner { animation-duration: 4s; } .bar .fill { transition: none; }
}
`;
