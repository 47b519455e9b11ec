import { html, raw } from "hono/html";
import { goodPassword } from "../../users.ts";

/** The identity provider's own page: another site, another look, an ordinary form. */
export function appleIdPage(url: string, error: string | null) {
  const { pathname, search } = new URL(url);
  return html`<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Sign in with Apple (sandbox)</title>
  <link rel="icon" href="data:,">
  <style>${raw(style)}</style>
</head>
<body>
  <p class="bar">Sandbox: use <code>user_popup</code> <code>${goodPassword}</code></p>
  <main>
    <h1>Apple Account <span>(sandbox)</span></h1>
    <p>Sign in to continue to Uber Eats.</p>
    <form method="post" action="${pathname + search}">
      <input id="account_name_text_field" name="accountName" aria-label="Email or phone number" placeholder="Email or phone number"
        autocomplete="username" autocapitalize="none" spellcheck="false" autofocus required>
      <input id="password_text_field" name="password" type="password" aria-label="Password" placeholder="Password"
        autocomplete="current-password" required>
      ${error && html`<p class="error" role="alert">${error}</p>`}
      <button id="sign-in">Continue</button>
    </form>
  </main>
</body>
</html>`;
}

const style = `
* { box-sizing: border-box; }
body { margin: 0; background: #fff; color: #1d1d1f; font: 17px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; text-align: center; }
.bar { margin: 0; padding: 4px; background: #2a2f33; color: #fff; font-size: 12px; }
.bar code { padding: 0 4px; border-radius: 3px; background: #4b5359; }
main { max-width: 380px; margin: 0 auto; padding: 56px 20px; }
h1 { margin: 0 0 6px; font-size: 26px; letter-spacing: -0.01em; }
h1 span { color: #6e6e73; font-size: 14px; font-weight: 400; }
form { display: grid; gap: 12px; margin-top: 28px; }
input { height: 54px; padding: 0 16px; border: 1px solid #86868b; border-radius: 12px; font: inherit; }
input:focus { border-color: #0071e3; outline: 3px solid #0071e355; }
button { height: 50px; margin-top: 8px; border: 0; border-radius: 12px; background: #0071e3; color: #fff; font: inherit; cursor: pointer; }
.error { margin: 0; color: #b3261e; font-size: 15px; }
`;
