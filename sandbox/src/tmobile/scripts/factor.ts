/** The factor choice and the code page: each form has one entry, posted to the page's own address. */
export const factorScript = `
const form = document.querySelector("form[data-entry]");
const alertBox = form.querySelector(".verification-alert-message");
const button = form.querySelector("button");

async function send() {
  const response = await fetch(location.href, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ value: String(new FormData(form).get(form.dataset.entry) ?? "") }),
  });
  const answer = await response.json();
  if (answer.page) return location.assign(answer.page);
  alertBox.textContent = answer.error;
  button.disabled = false;
  const input = form.querySelector("#confirmcode");
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
