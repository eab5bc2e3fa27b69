"use strict";

const jobs = document.getElementById("jobs");
const connection = document.getElementById("connection");
const news = document.getElementById("news");
const none = document.getElementById("none");
const start = document.getElementById("start");
const bill = document.getElementById("bill");
const heads = [...document.querySelectorAll("thead th")].map(head => head.textContent);
const words = { started: "… under way", completed: "✓ completed", failed: "✗ failed" };
const rows = new Map();

// Always as text, never as HTML: answers come from the web.
function show(line) {
  let row = rows.get(line.jobId);
  if (!row) {
    row = { element: jobs.insertRow(0), begun: line.state === "started" ? Date.parse(line.at) : NaN };
    heads.forEach(head => { row.element.insertCell().dataset.head = head; });
    rows.set(line.jobId, row);
    none.hidden = true;
  }
  row.element.dataset.state = line.state;
  const ended = line.state !== "started";
  const seconds = (Date.parse(line.at) - row.begun) / 1000;
  const texts = [words[line.state] ?? line.state, line.question, line.answer, ended && seconds >= 0 ? `${seconds.toFixed(1)} s` : "", ended && line.attempt ? `attempt ${line.attempt}` : ""];
  texts.forEach((text, i) => { row.element.cells[i].textContent = text; });
  if (ended) news.textContent = `${line.question}: ${line.state}. ${line.answer}`;
}

const events = new EventSource("events");
events.addEventListener("line", event => show(JSON.parse(event.data)));
events.addEventListener("begin", () => {
  // Everything so far follows.
  jobs.replaceChildren();
  rows.clear();
  none.hidden = false;
  connection.textContent = "Connected: events appear as they arrive.";
});
events.addEventListener("error", () => { connection.textContent = "Disconnected, trying again …"; });

start.addEventListener("click", async () => {
  // Not the attribute "disabled": it would take the keyboard's focus away.
  if (start.ariaDisabled === "true") return;
  start.ariaDisabled = "true";
  try {
    const answer = await fetch("start", { method: "POST", headers: { "X-Requested-With": "page" } });
    if (!answer.ok) bill.textContent = `${answer.status}: ${await answer.text()}`;
  } catch {
    bill.textContent = "No answer: whether the job was started is not known. It would appear below.";
  } finally {
    start.ariaDisabled = "false";
  }
});

// Until it is known what a press costs, the button does nothing.
fetch("account").then(answer => answer.json()).then(({ costsMoney }) => {
  start.textContent = costsMoney ? "Start another job (costs money)" : "Start another job";
  bill.textContent = costsMoney
    ? "A real key is in use: each press starts one job, which the service charges to your account, about 10 cents."
    : "An emulator plays the service: nothing here costs money.";
  document.body.classList.toggle("costs-money", costsMoney);
  start.ariaDisabled = "false";
});
