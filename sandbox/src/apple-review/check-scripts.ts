/** Some sites have a worker look at the browser before they take a sign-in: until it reports, the button does nothing. */
export const signInScript = `
const button = document.getElementById("sign-in");
button.disabled = true;
const check = new Worker("/static/check.js");
check.onmessage = () => {
  button.disabled = false;
  check.terminate();
};
check.postMessage(location.href);
`;

/** A small proof of work, as such checks ask for. */
export const checkScript = `
onmessage = async ({ data }) => {
  for (let nonce = 0; ; nonce++) {
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(nonce + data));
    if (new Uint8Array(digest)[0] === 0) return postMessage(nonce);
  }
};
`;
