/** What each application does with its site: the same calls, whatever draws the page. */
export async function signIn(user, password) {
  const answer = await fetch("/login", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ user, password }),
  });
  return answer.ok;
}

/** Null where nobody is signed in. */
export async function bills() {
  const answer = await fetch("/api/bills");
  return answer.ok ? (await answer.json()).bills : null;
}
