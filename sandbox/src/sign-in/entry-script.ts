/** A page with one entry: its form names the field, and where it is posted. */
export const entryScript = `
const form = document.querySelector("form[data-entry]");
const alertBox = form.querySelector("[role=alert]");
const button = form.querySelector("button");

async function send() {
  const response = await fetch((form.dataset.action || location.pathname) + location.search, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ value: String(new FormData(form).get(form.dataset.entry) ?? "") }),
  });
  const answer = await response.json();
  if (answer.page) return location.assign(answer.page);
  alertBox.textContent = answer.error;
  button.disabled = false;
  const input = form.querySelector("input:not([type=radio])");
  if (input) {
    input.value = "";
    input.focus();
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  button.disabled = true;
  alertBox.textContent = "";
  send().catch(() => {
    alertBox.textContent = "We couldn't reach the server. Please try again.";
    button.disabled = false;
  });
});
// Before this line a click would submit the form to nowhere.
button.disabled = false;
`;

/** Asks until the phone has answered. */
export function approvalScript(path: string): string {
  return `
const asksEachMs = 600;

async function ask() {
  const init = { method: "POST", headers: { "Content-Type": "application/json" }, body: '{"value":""}' };
  const answer = await (await fetch(${JSON.stringify(path)} + location.search, init)).json();
  if (answer.step !== "push" && answer.page) return location.assign(answer.page);
  setTimeout(ask, asksEachMs);
}

setTimeout(ask, asksEachMs);
`;
}
