/** The history page: ten articles a call, and a button for older ones. */
export const historyScript = `
const list = document.getElementById("history");
const state = document.getElementById("state");
const more = document.getElementById("more");
let cursor = "";

function element(tag, text, ...children) {
  const made = document.createElement(tag);
  if (text) made.textContent = text;
  made.append(...children);
  return made;
}

async function load() {
  const response = await fetch("/api/reading-history?cursor=" + encodeURIComponent(cursor));
  if (!response.ok) throw new Error(String(response.status));
  const { articles, nextCursor } = await response.json();
  for (const { title, source, secondsRead, readAt } of articles) {
    const when = readAt ? new Date(readAt).toLocaleDateString("en-US", { month: "short", day: "numeric", year: "numeric" }) : "";
    list.append(element("li", "", element("strong", title), element("span", Math.round(secondsRead / 60) + " min"), element("span", source + " · " + when)));
  }
  state.textContent = list.children.length ? "" : "You have not read anything yet.";
  cursor = nextCursor ?? "";
  more.hidden = !nextCursor;
}

const show = () => load().catch(() => { state.textContent = "Your history did not load. Try again later."; });
more.addEventListener("click", show);
show();
`;
