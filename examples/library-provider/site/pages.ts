const page = (title: string, body: string) => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Cedar Library</title>
<style>
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 32rem; margin: 0 auto; padding: 1rem; color: #23312a; }
  header { color: #2c6e49; font-weight: 700; }
  label, button { display: block; margin-top: 1rem; }
  input { width: 100%; padding: 0.6rem; font: inherit; box-sizing: border-box; }
  button { padding: 0.6rem 1.2rem; font: inherit; border: 0; border-radius: 0.4rem; background: #2c6e49; color: white; }
  #sign-in-error { color: #a4161a; }
  li { margin: 0.6rem 0; }
</style>
<header>Cedar Library</header>
<h1>${title}</h1>
${body}
</html>`;

export const signInPage = (error: string) =>
  page(
    "Sign in",
    `<form method="post">
  <p id="sign-in-error" role="alert">${error}</p>
  <label>Library card number <input id="card-number" name="card-number" inputmode="numeric" autocomplete="username"></label>
  <label>PIN <input id="pin" name="pin" type="password" autocomplete="current-password"></label>
  <button id="sign-in">Sign in</button>
</form>`,
  );

export const loansPage = page(
  "Your loans",
  `<p id="reader"></p>
<ul id="loans"></ul>
<button id="more" hidden>More</button>
<script>
  let next = 1;
  async function load() {
    const answer = await (await fetch("/api/loans?page=" + next)).json();
    document.querySelector("#reader").textContent = answer.reader.name + ", card " + answer.reader.cardNumber;
    for (const loan of answer.loans) {
      const item = document.createElement("li");
      item.textContent = loan.title + ", " + loan.author + ". Due " + loan.dueOn;
      document.querySelector("#loans").append(item);
    }
    next = answer.nextPage;
    document.querySelector("#more").hidden = next === null;
  }
  document.querySelector("#more").addEventListener("click", load);
  load();
</script>`,
);
